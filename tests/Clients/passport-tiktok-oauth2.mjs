// passport-tiktok-oauth2: another strategy for Passport, with `client_id` beside `client_key`, no `state`, no PKCE, and the authorization page without its slash.
import { app, done, expect, tell, visit } from './conversation.mjs';
import passport from 'passport';
import passportTikTok from 'passport-tiktok-oauth2';
import refresh from 'passport-oauth2-refresh';
import * as hand from './by-hand.mjs';
import { Browser, pathOf, served } from './web.mjs';

const strategy = new passportTikTok.Strategy(
  { clientID: app.key, clientKey: app.key, clientSecret: app.secret, callbackURL: app.redirect, scope: ['user.info.basic', 'user.info.profile', 'user.info.stats'] },
  (access, renewal, profile, finish) => finish(null, { access, renewal, profile }));
passport.use(strategy);
refresh.use(strategy);

const enter = passport.authenticate('tiktok', { session: false });
const browser = new Browser(served((request, response) => enter(request, response, failure => {
  response.statusCode = failure ? 500 : 200;
  response.end(failure ? `${failure.stack} ${JSON.stringify(failure)}` : JSON.stringify(request.user));
})));

const back = await visit((await browser.get('/login')).headers.get('location'));
expect(!back.searchParams.has('state'), 'a state came back that nobody sent');

const landed = await browser.get(pathOf(back));
expect(landed.ok, `the app said ${landed.status} ${await landed.clone().text()}`);
const user = await landed.json();
tell('exchange', 'client', { access: user.access, refresh: user.renewal, openId: user.profile.openId });
tell('profile', 'client', { openId: user.profile.openId, name: user.profile.displayName, picture: user.profile.avatarUrl, handle: user.profile.username });

// The add-on knows only `client_id`; an app gives it TikTok's name as well.
const [access, renewal] = await new Promise((resolve, reject) =>
  refresh.requestNewAccessToken('tiktok', user.renewal, { client_key: app.key }, (failure, ...pair) => failure ? reject(new Error(JSON.stringify(failure))) : resolve(pair)));
tell('refresh', 'client', { access, refresh: renewal });

await hand.revoke(access);
done();
