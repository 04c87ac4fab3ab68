// Auth.js (@auth/core, as in next-auth 5, SvelteKit, Express, Qwik and Solid): base64url PKCE on Web, `client_id` beside `client_key`, no slash.
import { app, done, expect, tell, visit } from './conversation.mjs';
import { Auth } from '@auth/core';
import TikTok from '@auth/core/providers/tiktok';
import * as hand from './by-hand.mjs';
import { Browser, pathOf } from './web.mjs';

let account;
const browser = new Browser(request => Auth(request, {
  providers: [TikTok({ clientId: app.key, clientSecret: app.secret })],
  secret: 'a secret of the app',
  trustHost: true,
  basePath: '/api/auth',
  callbacks: {
    jwt({ token, account: fresh }) {
      account = fresh ?? account;
      return token;
    },
  },
}));

const { csrfToken } = await (await browser.get('/api/auth/csrf')).json();
const start = await browser.post('/api/auth/signin/tiktok', new URLSearchParams({ csrfToken, callbackUrl: `${app.origin}/` }).toString(), 'application/x-www-form-urlencoded');
const back = await visit(start.headers.get('location'));

const landed = await browser.get(pathOf(back));
expect(landed.headers.get('location') === `${app.origin}/`, `the app said ${landed.status} ${landed.headers.get('location')}`);
tell('exchange', 'client', { access: account.access_token, refresh: account.refresh_token, openId: account.providerAccountId, scope: account.scope });

const { user } = await (await browser.get('/api/auth/session')).json();
tell('profile', 'client', { openId: account.providerAccountId, name: user.name, picture: user.image });

await hand.revoke(await hand.refresh(account.refresh_token));
done();
