using Holdfast.Domain.Connections;
using static Holdfast.Domain.Connections.ConnectionState;

namespace Holdfast.Specs.Domain.Connections;

public sealed class EndingRuleSpecs
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-11-26T09:00:00Z");

    [Fact, Trait("scenario", "O11")]
    public void A_clock_that_is_set_back_between_two_renewals_tells_no_day_twice()
    {
        var now = T0.AddDays(26).AddMinutes(1);
        var told = new Connection(new Account("-000ada", "ada"), new Live(), ScopeSet.Of("user.info.basic"), new TokenLife(T0, T0.AddHours(2), T0.AddDays(40)), T0, T0.AddHours(1), new RenewalTrail()).AsTimePasses(now).Connection;
        Assert.Equal(new EndingSoon(14), told.State);

        var renewed = told.Asking(now.AddMinutes(-9)).After(new RenewalOutcome.Renewed(TimeSpan.FromHours(2), TimeSpan.FromDays(14)), new RenewalContext(now.AddMinutes(-9), 0)).Connection;

        Assert.Null(renewed.AsTimePasses(now.AddMinutes(5)).Notice);
    }
}
