// grant: speaks TikTok's `client_key`; its own addresses are those of v1, so an app sets v2's, as its manual describes for any provider.
import { app, done, expect, tell, visit } from './conversation.mjs';
import grant from 'grant';
import * as hand from './by-hand.mjs';
import { Browser, served } from './web.mjs';

const proxy = grant.vercel({
  config: {
    defaults: { origin: app.origin, prefix: '/connect', transport: 'state' },
    tiktok: {
      authorize_url: 'https://www.tiktok.com/v2/auth/authorize/',
      access_url: 'https://open.tiktokapis.com/v2/oauth/token/',
      redirect_uri: app.redirect,
      key: app.key,
      secret: app.secret,
      scope: ['user.info.basic', 'video.list'],
      scope_delimiter: ',',
      state: true,
      pkce: true,
      response: ['tokens', 'raw'],
    },
  },
  session: { secret: 'a secret of the app' },
});

const browser = new Browser(served(async (request, response) => {
  const answer = await proxy(request, response);
  if (!answer.redirect)
    response.end(JSON.stringify(answer.response));
}));

const back = await visit((await browser.get('/connect/tiktok')).headers.get('location'));

// A redirect URI of the app's own choice is handed on to grant's.
const tokens = await (await browser.get(`/connect/tiktok/callback${back.search}`)).json();
expect(tokens.access_token, JSON.stringify(tokens));
tell('exchange', 'client', { access: tokens.access_token, refresh: tokens.refresh_token, openId: tokens.raw.open_id, scope: tokens.raw.scope });

await hand.profile(tokens.access_token);
await hand.revoke(await hand.refresh(tokens.refresh_token));
done();
