using Holdfast.Domain.Connections;
using Holdfast.Shell.Language;
using Holdfast.Studio.Shell;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Whatever the rules can say, there is a sentence for.</summary>
public sealed class WordsSpecs
{
    private readonly TextTable texts = new(typeof(TextTable).Assembly, typeof(Holdfast.Studio.StudioApp).Assembly);

    public static TheoryData<string> Keys =>
    [
        .. Enum.GetNames<NeedsSignInReason>().SelectMany(reason => new[] { $"accounts.needs.{reason}", $"accounts.because.{reason}" }),
        .. Enum.GetNames<Restriction>().SelectMany(kind => new[] { $"accounts.restricted.{kind}", $"accounts.because.{kind}" }),
        .. Enum.GetNames<Ability>().SelectMany(ability => new[] { $"accounts.can.{ability}", $"accounts.can.{ability}.note" }),
        .. Enum.GetNames<TimelineKind>().Select(kind => $"accounts.line.{kind}"),
        .. new[] { "connecting", "live", "ending-soon", "needs-sign-in", "restricted", "disconnected" }.Select(state => $"accounts.state.{state}"),
        .. new[] { "connected", "cancelled", "other-account", "failed" }.Select(status => $"accounts.connect.{status}.title"),
        .. Enum.GetNames<NavPlace>().Where(place => place != nameof(NavPlace.None)).Select(place => $"shell.place.{place}"),
    ];

    [Theory, MemberData(nameof(Keys))]
    public void Every_state_reason_and_place_has_its_words(string key) => Assert.True(texts.Has(key), key);
}
