using System.Globalization;
using System.Net;
using Holdfast.Cli.Up;
using Holdfast.Storage.Blobs.S3;

namespace Holdfast.Cli.Doctor;

/// <summary>Where Studio's videos lie. A bucket is written to, read and tidied again.</summary>
internal static class MediaChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<IReadOnlyList<Check>> OfAsync(IConfiguration configuration, UpSettings up, TimeProvider clock, CancellationToken stopping)
    {
        if (S3Options.Misread(name => configuration["S3:" + name]) is { } misread)
            return [Check.Fail("s3", misread, "Correct it, or leave it away.")];
        var options = configuration.GetSection("S3").Get<S3Options>() ?? new();
        if (!options.IsConfigured)
            return [Check.Ok("media", $"Videos lie in {Path.Combine(up.Data, "studio-media")}{(up.Database is null ? "" : "; other nodes of Studio need this very folder, or a bucket for all of them (HOLDFAST_S3__Bucket)")}.")];
        if (options.Problem is { } problem)
            return [Check.Fail("s3", problem, "Correct the HOLDFAST_S3__ settings.")];
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            // Told after the first try: somebody waits.
            using var store = new S3BlobStore(options, clock, retries: 0);
            return [await TryAsync(store, options, clock, either.Token)];
        }
        catch (BlobStoreException refused)
        {
            return [Say(refused, options)];
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return [Check.Fail("s3", $"{Of(options)} did not answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s.", "Look at HOLDFAST_S3__Endpoint and at the firewall.")];
        }
    }

    private static async Task<Check> TryAsync(S3BlobStore store, S3Options options, TimeProvider clock, CancellationToken stopping)
    {
        var key = $"doctor/{Environment.MachineName.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Aggregate("", (name, letter) => name + letter)}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        var since = clock.GetTimestamp();
        byte[] sent = [.. "holdfast"u8], got = new byte[sent.Length];
        await store.WriteAsync(key, new MemoryStream(sent), sent.Length, stopping);
        try
        {
            await using var read = await store.OpenReadAsync(key, stopping);
            if (read is null || await read.ReadAtLeastAsync(got, got.Length, throwOnEndOfStream: false, stopping) != sent.Length || !got.AsSpan().SequenceEqual(sent))
                return Check.Fail("s3", $"{Of(options)} does not give back what was just written to it.", "It is no store that videos could be kept in: look at what stands between, a cache for example.");
        }
        catch
        {
            await TidyAsync(store, key);
            throw;
        }
        await store.DeleteAsync(key);
        return Check.Ok("s3", $"{Of(options)} takes, gives back and deletes, in {clock.GetElapsedTime(since).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms.");
    }

    private static async Task TidyAsync(S3BlobStore store, string key)
    {
        try
        {
            await store.DeleteAsync(key);
        }
        catch (BlobStoreException)
        {
            // What went wrong first is what is told.
        }
    }

    private static Check Say(BlobStoreException refused, S3Options options) => refused.Code switch
    {
        "InvalidAccessKeyId" or "InvalidToken" or "ExpiredToken" => Check.Fail("s3", $"{Of(options)} does not know the access key ({refused.Code}).", "Correct HOLDFAST_S3__AccessKey: it may belong to another store or account."),
        "SignatureDoesNotMatch" => Check.Fail("s3", $"{Of(options)} knows the access key, but the secret key is another one's ({refused.Code}).", "Correct HOLDFAST_S3__SecretKey, and look for a blank at its end."),
        "NoSuchBucket" => Check.Fail("s3", $"There is no bucket {options.Bucket} at {Place(options)}.", "Make it, or correct HOLDFAST_S3__Bucket."),
        "AccessDenied" or "AllAccessDisabled" or "AccountProblem" => Check.Fail("s3", $"{Of(options)} lets this key not do that ({refused.Code}).", "Allow it s3:PutObject, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload on what is in the bucket, and s3:ListBucket on the bucket itself."),
        "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" or "InvalidRegionName" =>
            Check.Fail("s3", $"{Of(options)} is in another region than {options.Region} ({refused.Code}).", "Set HOLDFAST_S3__Region to the bucket's own."),
        "RequestTimeTooSkewed" => Check.Fail("s3", $"{Of(options)} does not accept the time of this machine.", "Set this machine's clock, best by NTP."),
        BlobStoreException.NoKeys => Check.Fail("s3", $"There are no keys for the {Name(options)}.", "Set HOLDFAST_S3__AccessKey and HOLDFAST_S3__SecretKey, or give this machine a role that may use the bucket."),
        "NotFound" => Check.Fail("s3", $"The {Name(options)} is not there, or the path to it is not (NotFound).", "Make the bucket, or correct HOLDFAST_S3__Bucket or the path in HOLDFAST_S3__Endpoint."),
        null => Check.Fail("s3", $"{Of(options)} is not reached. {refused.Message}", "Look at HOLDFAST_S3__Endpoint and at the firewall."),
        _ when refused.Status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError => Check.Fail("s3", $"{Of(options)} is in trouble of its own ({refused.Code}).", "Try again in a while; posts wait meanwhile and go out by the late rule."),
        _ => Check.Fail("s3", $"{Of(options)}: {refused.Message}", "Look the word up in the store's documentation."),
    };

    private static string Of(S3Options options) => $"The {Name(options)}";

    private static string Name(S3Options options) => $"bucket {options.Bucket} at {Place(options)}";

    private static string Place(S3Options options) => string.IsNullOrWhiteSpace(options.Endpoint) ? $"Amazon S3, {options.Region}" : new Uri(options.Endpoint).Authority;
}
