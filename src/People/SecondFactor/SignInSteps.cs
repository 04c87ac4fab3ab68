using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.People.Activity;
using Holdfast.People.SignIn;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>Sign-ins between the first and the second factor. The row names the person and where they were going; the browser holds a cookie that opens this one row and no session.</summary>
public sealed class SignInSteps(AppIdentity app, AppOptions options, Database database, ISecretSource secrets, CodeCheck codes, ActivityLog activity, TimeProvider clock)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(10);

    // Then back to the first factor: a stolen step is no place to guess from.
    private const int MostMisses = 10;

    private const string Find = "select person_id, method, next from sign_in_step where digest = @digest and expires_at > @now and misses < @most";

    /// <returns>The value to <see cref="Keep"/> once the transaction is committed.</returns>
    internal async Task<string> BeginAsync(Session session, string personId, SignInMethod method, string next)
    {
        var value = Base64Url.EncodeToString(secrets.Bytes(32));
        var now = clock.GetUtcNow();
        await session.RunAsync("delete from sign_in_step where expires_at <= @now", new { now });
        await session.RunAsync("insert into sign_in_step (digest, person_id, method, next, expires_at) values (@digest, @personId, @method, @next, @ends)",
            new { digest = Digest(value), personId, method = method.ToString(), next, ends = now + OpenFor });
        return value;
    }

    internal void Keep(HttpContext http, string value) => http.Response.Cookies.Append(CookieName, value, Attributes(OpenFor));

    /// <summary>The step this browser is in; <c>null</c> when it is in none, or was for too long.</summary>
    public Task<SignInStep?> FindAsync(HttpContext http) => Read(http) is { } digest
        ? database.ReadAsync(session => session.FirstAsync<SignInStep>(Find, new { digest, now = clock.GetUtcNow(), most = MostMisses }), http.RequestAborted)
        : Task.FromResult<SignInStep?>(null);

    /// <summary>Takes the code and with it the step: both work once.</summary>
    /// <param name="begin">Begins the session in the transaction that spends the step: both happen or neither.</param>
    public async Task<StepAnswer> TryAsync(HttpContext http, string typed, Func<Session, SignInStep, Task> begin)
    {
        if (Read(http) is not { } digest)
            return new StepAnswer.Lapsed();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<StepAnswer>(async session =>
        {
            // The person's row before the step's, as a change of credentials takes them: a step that it ends begins nothing any more.
            if (await session.FirstAsync<SignInStep>(Find, new { digest, now, most = MostMisses }) is not { } seen)
                return new StepAnswer.Lapsed();
            await session.FirstAsync<string>($"select id from person where id = @PersonId {session.ForUpdate}", new { seen.PersonId });
            if (await session.FirstAsync<SignInStep>($"{Find} {session.ForUpdate}", new { digest, now, most = MostMisses }) is not { } step)
                return new StepAnswer.Lapsed();
            switch (await codes.TryAsync(session, step.PersonId, typed, now))
            {
                case CodeAnswer.Right(var isRecovery):
                    if (isRecovery)
                        await activity.AddAsync(session, http, step.PersonId, ActivityKind.RecoveryCodeUsed);
                    if (await session.RunAsync("delete from sign_in_step where digest = @digest", new { digest }) == 0)
                        return new StepAnswer.Lapsed();
                    await begin(session, step);
                    return new StepAnswer.Right(step);
                case CodeAnswer.Wait(var wait):
                    return new StepAnswer.Wait(wait);
                default:
                    await session.RunAsync("update sign_in_step set misses = misses + 1 where digest = @digest", new { digest });
                    await activity.MissedAsync(session, http, step.PersonId, "Code");
                    return new StepAnswer.Wrong();
            }
        }, http.RequestAborted);
    }

    /// <summary>Forgets the step, if this browser is in one.</summary>
    public async Task EndAsync(HttpContext http)
    {
        if (Read(http) is not { } digest)
            return;
        await database.WriteAsync(session => session.RunAsync("delete from sign_in_step where digest = @digest", new { digest }), http.RequestAborted);
        http.Response.Cookies.Delete(CookieName, Attributes(null));
    }

    private string CookieName => app.Cookie(AppCookie.SecondFactor, options.IsHttps);

    private string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(CookieName, out var value) && value.Length is > 0 and < 200 ? Digest(value) : null;

    private static string Digest(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    private CookieOptions Attributes(TimeSpan? age) => new() { Path = "/", HttpOnly = true, Secure = options.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = age, IsEssential = true };
}

/// <summary>Who is between two factors, and where they were going.</summary>
public sealed record SignInStep
{
    public string PersonId { get; init; } = "";
    public SignInMethod Method { get; init; }
    public string Next { get; init; } = "/";
}

public abstract record StepAnswer
{
    private StepAnswer() { }

    public sealed record Right(SignInStep Step) : StepAnswer;

    public sealed record Wrong : StepAnswer;

    public sealed record Wait(TimeSpan For) : StepAnswer;

    /// <summary>No step, over its time, or too many wrong codes: begin again with the first factor.</summary>
    public sealed record Lapsed : StepAnswer;
}
