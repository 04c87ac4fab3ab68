// arctic: base64url PKCE on Web, no slash at the end of the authorization URL.
import { app, done, expect, tell, visit } from './conversation.mjs';
import { TikTok, generateCodeVerifier, generateState } from 'arctic';
import * as hand from './by-hand.mjs';

const tiktok = new TikTok(app.key, app.secret, app.redirect);
const [state, verifier] = [generateState(), generateCodeVerifier()];

const back = await visit(tiktok.createAuthorizationURL(state, verifier, ['user.info.basic', 'video.list']));
expect(back.searchParams.get('state') === state, 'another state came back');

const tokens = await tiktok.validateAuthorizationCode(back.searchParams.get('code'), verifier);
tell('exchange', 'client', { access: tokens.accessToken(), refresh: tokens.refreshToken(), openId: tokens.data.open_id, scope: tokens.data.scope });
expect(tokens.accessTokenExpiresAt() > new Date(), 'the token is over before it begins');
await hand.profile(tokens.accessToken());

const renewed = await tiktok.refreshAccessToken(tokens.refreshToken());
tell('refresh', 'client', { access: renewed.accessToken(), refresh: renewed.refreshToken() });

await tiktok.revokeToken(renewed.accessToken());
tell('revoke', 'client');
done();
