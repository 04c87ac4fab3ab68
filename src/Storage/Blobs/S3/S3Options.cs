namespace Holdfast.Storage.Blobs.S3;

/// <summary>Where media lie when not in the data folder: a bucket of Amazon S3 or of anything that speaks its protocol, <c>HOLDFAST_S3__…</c>.</summary>
public sealed class S3Options
{
    private static readonly string[] Switches = [nameof(PathStyle), nameof(AllowPlainHttp)];

    /// <summary>Its address, for example <c>https://s3.example.com</c>; <c>null</c> is Amazon's own of <see cref="Region"/>.</summary>
    public string? Endpoint { get; set; }

    public string Region { get; set; } = "us-east-1";

    /// <summary>It has to be there: nothing is created.</summary>
    public string? Bucket { get; set; }

    /// <summary>With <see cref="SecretKey"/>; without both, the machine's own role or profile counts.</summary>
    public string? AccessKey { get; set; }

    public string? SecretKey { get; set; }

    /// <summary>What every name begins with, where others use the bucket too, for example <c>holdfast/</c>.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Name the bucket in the path and not in the host name; the default is what Amazon wants of itself, and everybody else understands.</summary>
    public bool? PathStyle { get; set; }

    /// <summary>Send media and signed requests in the clear to another machine.</summary>
    public bool AllowPlainHttp { get; set; }

    public bool IsConfigured => new[] { Endpoint, Bucket, AccessKey, SecretKey }.Any(one => !string.IsNullOrWhiteSpace(one));

    /// <summary>What is wrong with the settings, in a sentence that names the variable; <c>null</c> when nothing is.</summary>
    public string? Problem =>
        string.IsNullOrWhiteSpace(Bucket) ? "HOLDFAST_S3__Bucket is missing: the name of the bucket that media lie in."
        : !IsBucketName ? "HOLDFAST_S3__Bucket is no name of a bucket: that is 3 to 63 letters, digits, dots and dashes, without spaces and slashes. What comes behind it in a path belongs into HOLDFAST_S3__Prefix."
        : string.IsNullOrWhiteSpace(Region) || Region.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-') ? "HOLDFAST_S3__Region is the bucket's region, for example eu-central-1; where the store has none, leave it away."
        : !string.IsNullOrWhiteSpace(Endpoint) && !IsAddress ? "HOLDFAST_S3__Endpoint must be the address of the store, for example https://s3.example.com."
        : IsOpenlyPlain ? "HOLDFAST_S3__Endpoint is plain http and not on this machine: videos would cross the network in the clear. Give an https address, or set HOLDFAST_S3__AllowPlainHttp=true to take that risk."
        : string.IsNullOrWhiteSpace(AccessKey) != string.IsNullOrWhiteSpace(SecretKey) ? "HOLDFAST_S3__AccessKey and HOLDFAST_S3__SecretKey belong together: set both, or none to use the role of this machine."
        : Prefix.StartsWith('/') || Prefix.Any(char.IsControl) ? "HOLDFAST_S3__Prefix is the beginning of a name, for example holdfast/, and does not begin with a slash."
        : null;

    /// <summary>A switch that is neither on nor off, by its name alone: what stands in it may belong elsewhere. <c>null</c> when all can be read.</summary>
    /// <param name="setting">What stands under a name.</param>
    public static string? Misread(Func<string, string?> setting) =>
        Switches.FirstOrDefault(name => setting(name) is { } said && !bool.TryParse(said, out _)) is { } wrong ? $"HOLDFAST_S3__{wrong} takes true or false." : null;

    // Amazon's rule without its finer points: other stores take capitals, underscores and a tenant before a colon.
    // A tenant stands before a colon at Ceph; Amazon's own access points go by their whole ARN.
    private bool IsBucketName => Bucket?.StartsWith("arn:", StringComparison.Ordinal) is true || Bucket is { Length: >= 3 and <= 63 } && Bucket.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' or ':');

    private bool IsAddress => Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address is { Scheme: "https" or "http" } and { Query: "", Fragment: "", UserInfo: "" };

    private bool IsOpenlyPlain => !AllowPlainHttp && Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address is { Scheme: "http", IsLoopback: false };
}
