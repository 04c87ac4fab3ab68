// elysia-oauth2: a plugin of the Elysia web framework.
import { app, done, expect, tell, visit } from './conversation.mjs';
import { Elysia } from 'elysia';
import { oauth2 } from 'elysia-oauth2';
import * as hand from './by-hand.mjs';
import { Browser, pathOf } from './web.mjs';

let tokens;
const site = new Elysia()
  .use(oauth2({ TikTok: [app.key, app.secret, app.redirect] }))
  .get('/login', ({ oauth2 }) => oauth2.redirect('TikTok', ['user.info.basic', 'video.list']))
  .get(new URL(app.redirect).pathname, async ({ oauth2 }) => {
    tokens = await oauth2.authorize('TikTok');
    return 'welcome';
  })
  .get('/renew', async ({ oauth2 }) => {
    tokens = await oauth2.refresh('TikTok', tokens.refreshToken());
    return 'renewed';
  })
  .get('/leave', async ({ oauth2 }) => {
    await oauth2.revoke('TikTok', tokens.accessToken());
    return 'gone';
  });
const browser = new Browser(request => site.handle(request));
const open = async path => {
  const answer = await browser.get(path);
  expect(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
};

const back = await visit((await browser.get('/login')).headers.get('location'));

await open(pathOf(back));
tell('exchange', 'client', { access: tokens.accessToken(), refresh: tokens.refreshToken(), openId: tokens.data.open_id, scope: tokens.data.scope });
await hand.profile(tokens.accessToken());

await open('/renew');
tell('refresh', 'client', { access: tokens.accessToken(), refresh: tokens.refreshToken() });

await open('/leave');
tell('revoke', 'client');
done();
