// simple-oauth2: no TikTok client of its own, but settings for every name in which TikTok differs.
import { app, done, tell, visit } from './conversation.mjs';
import { AuthorizationCode } from 'simple-oauth2';
import * as hand from './by-hand.mjs';

const client = new AuthorizationCode({
  client: { id: app.key, secret: app.secret, idParamName: 'client_key' },
  auth: {
    authorizeHost: 'https://www.tiktok.com',
    authorizePath: '/v2/auth/authorize/',
    tokenHost: 'https://open.tiktokapis.com',
    tokenPath: '/v2/oauth/token/',
    revokePath: '/v2/oauth/revoke/',
  },
  options: { scopeSeparator: ',', authorizationMethod: 'body' },
});

const back = await visit(client.authorizeURL({ redirect_uri: app.redirect, scope: ['user.info.basic', 'video.list'], state: 'n7f3' }));

const tokens = await client.getToken({ code: back.searchParams.get('code'), redirect_uri: app.redirect });
tell('exchange', 'client', { access: tokens.token.access_token, refresh: tokens.token.refresh_token, openId: tokens.token.open_id, scope: tokens.token.scope });
await hand.profile(tokens.token.access_token);

const renewed = await tokens.refresh();
tell('refresh', 'client', { access: renewed.token.access_token, refresh: renewed.token.refresh_token });

await renewed.revoke('access_token');
tell('revoke', 'client');
done();
