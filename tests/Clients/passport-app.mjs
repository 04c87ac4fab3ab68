// What an app does with a strategy for Passport; passport-oauth2-refresh renews for any of them.
import { app, done, expect, tell, visit } from './conversation.mjs';
import passport from 'passport';
import refresh from 'passport-oauth2-refresh';
import * as hand from './by-hand.mjs';
import { Browser, pathOf, served } from './web.mjs';

// Runs a strategy's whole way. `facts` says what its profile object calls open_id, name and the rest.
export async function run(Strategy, options, facts) {
  const strategy = new Strategy(
    { clientID: app.key, clientSecret: app.secret, callbackURL: app.redirect, scope: ['user.info.basic', 'user.info.profile', 'user.info.stats'], ...options },
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
  const profile = facts(user.profile);
  tell('exchange', 'client', { access: user.access, refresh: user.renewal, openId: profile.openId });
  tell('profile', 'client', profile);

  // The add-on knows only `client_id`; an app gives it TikTok's name as well.
  const [access, renewal] = await new Promise((resolve, reject) =>
    refresh.requestNewAccessToken('tiktok', user.renewal, { client_key: app.key }, (failure, ...pair) => failure ? reject(new Error(JSON.stringify(failure))) : resolve(pair)));
  tell('refresh', 'client', { access, refresh: renewal });

  await hand.revoke(access);
  done();
}
