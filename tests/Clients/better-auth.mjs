// better-auth: `user.info.profile` alone reads basic fields; the verifier comes without a challenge; no slash.
import { app, done, expect, tell, visit } from './conversation.mjs';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import * as hand from './by-hand.mjs';
import { Browser, pathOf } from './web.mjs';

const rows = { user: [], session: [], account: [], verification: [] };
const auth = betterAuth({
  baseURL: app.origin,
  secret: 'a secret of the app, long enough for anybody',
  database: memoryAdapter(rows),
  socialProviders: { tiktok: { clientId: app.key, clientKey: app.key, clientSecret: app.secret } },
  telemetry: { enabled: false },
});
const browser = new Browser(request => auth.handler(request));
const ask = async (path, body) => {
  const answer = await browser.post(`/api/auth${path}`, JSON.stringify(body));
  expect(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
};

const back = await visit((await ask('/sign-in/social', { provider: 'tiktok', callbackURL: '/home' })).url);

const landed = await browser.get(pathOf(back));
expect(new URL(landed.headers.get('location') ?? '', app.origin).pathname === '/home', `the app said ${landed.status} ${landed.headers.get('location')}`);
const [account] = rows.account;
tell('exchange', 'client', { access: account.accessToken, refresh: account.refreshToken, openId: account.accountId, scope: account.scope });

const { user } = await (await browser.get('/api/auth/get-session')).json();
tell('profile', 'client', { openId: account.accountId, name: user.name, picture: user.image });

const renewed = await ask('/refresh-token', { accountId: account.id });
tell('refresh', 'client', { access: renewed.accessToken, refresh: renewed.refreshToken });

await hand.revoke(renewed.accessToken);
done();
