using FsCheck;
using FsCheck.Fluent;
using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Tokens;

namespace Holdfast.Specs.Platform.Tokens;

/// <summary>The token state machine over HTTP and real SQL against <see cref="TokenModel"/>: whatever is exchanged, renewed, replayed, revoked and removed in whatever order, both agree on every answer and on every token.</summary>
public sealed class TokenProperties
{
    private const int Steps = 30;

    [Theory]
    [InlineData(RefreshMode.Strict, false)]
    [InlineData(RefreshMode.Strict, true)]
    [InlineData(RefreshMode.Grace, false)]
    [InlineData(RefreshMode.Legacy, false)]
    public async Task Whatever_happens_in_whatever_order_the_server_agrees_with_the_model(object mode, bool carriesEndOver)
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: options =>
            (options.RefreshMode, options.CarryRefreshEndOver, options.RefreshFor) = ((RefreshMode)mode, carriesEndOver, TokenModel.RefreshFor));
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));

        Prop.ForAll(Gen.Choose(0, 9_999).ListOf(Steps).Select(rolls => rolls.ToArray()).ToArbitrary(), rolls =>
        {
            new Run(platform, app, ada, new TokenModel((RefreshMode)mode, carriesEndOver) { Now = platform.Clock.GetUtcNow() }).PlayAsync(rolls).GetAwaiter().GetResult();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Volume.Of(25, 1_000)));
    }

    /// <summary>One life of one consent, driven by rolls of a die.</summary>
    private sealed class Run(PlatformUnderTest platform, RegisteredApp app, Person ada, TokenModel model)
    {
        private readonly List<string> story = [];

        public async Task PlayAsync(int[] rolls)
        {
            await NewCodeAsync();
            foreach (var roll in rolls)
            {
                await StepAsync(roll % 100, roll / 100);
                foreach (var pair in model.Pairs)
                    Expect(model.Opens(pair), await platform.OpensAsync(pair.Access), $"access token {model.Pairs.IndexOf(pair)}");
                Assert.All(model.Pairs.Select(pair => pair.Family).Distinct(), family => Assert.InRange(model.LivingBranches(family), 0, 1));
            }
            // The next life begins with a consent of its own.
            if (!model.IsConsentEnded)
                await RemoveAsync();
        }

        private Task StepAsync(int what, int which) => what switch
        {
            < 12 when model.IsConsentEnded => Task.CompletedTask,
            < 6 => NewCodeAsync(),
            < 20 => ExchangeAsync(model.Codes[which % model.Codes.Count]),
            < 78 when model.Pairs.Count > 0 => RenewAsync(Pick(which)),
            < 92 => WaitAsync(which),
            < 95 when model.Pairs.Count > 0 => RevokeAsync(Pick(which)),
            98 when !model.IsConsentEnded => RemoveAsync(),
            _ => Task.CompletedTask,
        };

        // The newest pairs are the interesting ones; now and then an old one is replayed.
        private TokenModel.Pair Pick(int which) => model.Pairs[^(1 + (which % 3 == 0 ? which % model.Pairs.Count : which % Math.Min(2, model.Pairs.Count)))];

        private async Task NewCodeAsync()
        {
            model.Codes.Add(new TokenModel.Code(await platform.CodeAsync(app, ada), model.Now.AddMinutes(10)));
            story.Add("code");
        }

        private async Task ExchangeAsync(TokenModel.Code code)
        {
            story.Add($"exchange code {model.Codes.IndexOf(code)}");
            var family = model.Exchange(code);
            var answer = await platform.RedeemAsync(app, code.Text);
            Expect(family is not null, answer.IsGranted, "exchange");
            if (family is not null)
                model.Pairs.Add(new TokenModel.Pair(family, model.Now + TokenModel.AccessFor, model.Now + TokenModel.RefreshFor) { Access = answer.Access, Refresh = answer.Refresh });
            else
                Assert.Equal("invalid_grant", answer.Error);
        }

        private async Task RenewAsync(TokenModel.Pair pair)
        {
            var asked = pair.KeepsRefreshOf ?? pair;
            story.Add($"renew {model.Pairs.IndexOf(asked)}");
            var next = model.Renew(asked);
            var answer = await platform.RenewAsync(app, asked.Refresh);
            Expect(next is not null, answer.IsGranted, "renewal");
            if (next is null)
            {
                Assert.Equal("invalid_grant", answer.Error);
                return;
            }
            (next.Access, next.Refresh) = (answer.Access, answer.Refresh);
            Expect(next.KeepsRefreshOf is not null, answer.Refresh == asked.Refresh, "the same refresh token");
            Assert.Equal(((long)(next.RefreshEnds - model.Now).TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Text("refresh_expires_in"));
            model.Pairs.Add(next);
        }

        private Task WaitAsync(int which)
        {
            var span = (which % 10) switch { 0 => TimeSpan.FromHours(25), 1 or 2 => TimeSpan.FromHours(13), 3 => TimeSpan.FromMinutes(11), 4 or 5 => TimeSpan.FromHours(2), _ => TimeSpan.FromMinutes(40) };
            story.Add($"wait {span}");
            platform.Clock.Advance(span);
            model.Now += span;
            return Task.CompletedTask;
        }

        // One of its tokens, living or dead, ends the whole authorization (§2.7).
        private async Task RevokeAsync(TokenModel.Pair pair)
        {
            story.Add($"revoke {model.Pairs.IndexOf(pair)}");
            var answer = await platform.RevokeAsync(app, pair.Access);
            Assert.Equal((200, "{}"), (answer.Status, answer.Body));
            model.EndConsent();
        }

        private async Task RemoveAsync()
        {
            story.Add("remove access");
            var permissions = platform.Service<Holdfast.Platform.Permissions.ConnectedApps>();
            foreach (var connected in await permissions.ListAsync(ada.Id, CancellationToken.None))
                await permissions.RemoveAsync(new DefaultHttpContext(), ada.Id, connected.Id);
            model.EndConsent();
        }

        private void Expect(bool expected, bool actual, string what)
        {
            if (expected != actual)
                Assert.Fail($"The model says {expected}, the server {actual} for {what} after: {string.Join(", ", story)}");
        }
    }
}
