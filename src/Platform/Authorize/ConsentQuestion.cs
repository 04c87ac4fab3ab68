namespace Holdfast.Platform.Authorize;

/// <summary>Everything the consent page shows.</summary>
public sealed record ConsentQuestion
{
    /// <summary>The stored request this page asks about.</summary>
    public required string RequestId { get; init; }

    public required string AppName { get; init; }
    public required AppFace Face { get; init; }
    public required string RedirectUri { get; init; }
    public required RedirectPlatform Platform { get; init; }
    public required IReadOnlyList<ConsentLine> Lines { get; init; }

    /// <summary>The authorization request, to begin it again as another person.</summary>
    public required string Again { get; init; }

    /// <summary>What this person answered the app before.</summary>
    public PastConsent? Past { get; init; }

    /// <summary>The last answer granted nothing at all.</summary>
    public bool NothingTicked { get; init; }

    internal static ConsentQuestion For(string requestId, AskingApp app, AuthorizationAsk ask, PastConsent? past) => new()
    {
        RequestId = requestId,
        AppName = app.Name,
        Face = app.Face,
        RedirectUri = ask.RedirectUri,
        Platform = ask.Platform,
        Lines = ConsentRule.Lines(ask.Scopes, past),
        Again = ask.Path,
        Past = past,
    };
}
