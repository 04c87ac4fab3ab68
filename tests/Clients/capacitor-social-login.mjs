// @capgo/capacitor-social-login, its web half, where the page itself goes to TikTok and comes back: base64url PKCE, the secret in the app.
// A browser's page shows nothing of TikTok's token endpoint to other origins, so its calls are made as Capacitor's native HTTP makes them: from outside a page.
import { app, done, expect, tell, visit } from './conversation.mjs';
import * as hand from './by-hand.mjs';

// As much of a page as the plugin looks at.
const storage = (kept = new Map()) => ({ getItem: key => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, String(value)), removeItem: key => kept.delete(key) });
const page = new URL(app.origin);
const left = new Promise(resolve => page.assign = resolve);
Object.assign(globalThis, { window: globalThis, location: page, localStorage: storage(), sessionStorage: storage(), addEventListener() {} });
const { SocialLogin } = await import('@capgo/capacitor-social-login');

await SocialLogin.initialize({ tiktok: { clientKey: app.key, clientSecret: app.secret, redirectUrl: app.redirect } });
SocialLogin.login({ provider: 'oauth2', options: { providerId: 'tiktok', flow: 'redirect' } }); // never settles: the page is gone
page.href = (await visit(await left)).href;

const { provider, result } = await SocialLogin.handleRedirectCallback();
expect(provider === 'tiktok', provider);
tell('exchange', 'client', { access: result.accessToken.token, refresh: result.refreshToken, scope: result.scope.join() });
await hand.profile(result.accessToken.token);

const renewed = await SocialLogin.refreshToken({ provider: 'tiktok' });
tell('refresh', 'client', { access: renewed.accessToken.token, refresh: renewed.refreshToken });

await hand.revoke(renewed.accessToken.token);
done();
