using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Nodes;

/// <summary>Attack case 35 against a real process and its SQLite file: kill −9 while codes are being exchanged.</summary>
public sealed class PowerCutSpecs
{
    private const int CodesAtOnce = 12;

    private static readonly int Rounds = Volume.Of(2, 40);

    // A spent code has its family and that family exactly one pair; no family stands there without its code.
    private const string Halves = """
        select count(*) from authorization_code code
        where redeemed_at is not null
          and ((select count(*) from token_family where id = code.family_id) <> 1 or (select count(*) from token_pair where family_id = code.family_id) <> 1)
        """;

    private const string Strays = "select count(*) from token_family where id not in (select family_id from authorization_code where family_id is not null)";

    [Fact, Trait("attack", "35")]
    public async Task A_power_cut_in_the_middle_of_an_exchange_leaves_a_code_unspent_or_bought_whole()
    {
        var data = Directory.CreateTempSubdirectory("holdfast-cut").FullName;
        var dice = new Random(35);
        for (var round = 0; round < Rounds; round++)
        {
            await using var node = await PlatformNode.StartAsync(null, data);
            var codes = new List<string>();
            using (var ada = new Visitor(node.Address))
            {
                await ada.LogInAsync("ada", "platform-demo-1");
                for (var at = 0; at < CodesAtOnce; at++)
                    codes.Add(await PlatformNode.CodeAsync(ada));
            }

            var asked = codes.Select(code => (Code: code, Answer: TryAsync(node, code))).ToList();
            await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(0, 30)), TestClock.System);
            await node.KillAsync();
            var bought = new List<(string Code, TokenReply? Answer)>();
            foreach (var (code, answer) in asked)
                bought.Add((code, await answer));

            Assert.Equal((0, 0), await CountAsync(data));
            await using var again = await PlatformNode.StartAsync(null, data);
            foreach (var (code, answer) in bought)
            {
                if (answer is { IsGranted: true })
                {
                    Assert.True(await again.OpensAsync(answer.Access), "What was answered is on disk.");
                    Assert.Equal("invalid_grant", (await again.ExchangeAsync(code)).Error);
                }
                else
                {
                    // The answer was lost: either nothing had happened, or the code is spent and stays so.
                    var second = await again.ExchangeAsync(code);
                    Assert.True(second.IsGranted || second.Error == "invalid_grant", second.Body);
                    Assert.False((await again.ExchangeAsync(code)).IsGranted);
                }
            }
            Assert.Equal((0, 0), await CountAsync(data));
            await again.KillAsync();
        }
        Directory.Delete(data, recursive: true);
    }

    private static async Task<TokenReply?> TryAsync(PlatformNode node, string code)
    {
        try
        {
            return await node.ExchangeAsync(code);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private static async Task<(long Halves, long Strays)> CountAsync(string data)
    {
        await using var database = Databases.Open("platform", data, null, TestClock.System);
        return await database.ReadAsync(async session => (await session.FirstAsync<long>(Halves), await session.FirstAsync<long>(Strays)));
    }
}
