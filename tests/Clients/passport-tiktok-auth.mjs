// passport-tiktok-auth: `client_id` beside `client_key`, no `state`, no PKCE, and a field that TikTok does not have (`avatar_url_200`).
import passportTikTok from 'passport-tiktok-auth';
import { run } from './passport-app.mjs';

await run(passportTikTok.Strategy, {}, profile => ({
  openId: profile.id, name: profile.displayName, picture: profile.profileImage, handle: profile.username, followers: profile.followerCount,
}));
