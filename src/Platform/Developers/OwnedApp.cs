using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Review;

namespace Holdfast.Platform.Developers;

/// <summary>An app, or a sandbox of one, as those see it who may act on it.</summary>
public sealed record OwnedApp
{
    internal const string Columns = """
        app.id, app.name, app.client_key, app.icon_key, app.refresh_mode, app.is_demo, app.created_at, app.kind, app.sandbox_of, app.organization_id, app.review_state, app.approved_at, app.previous_secret_ends_at,
        (select organization.name from organization where organization.id = app.organization_id) as organization_name
        """;

    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string? IconKey { get; init; }
    public string? RefreshMode { get; init; }
    public bool IsDemo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What sort of app it is, chosen once.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The app this is a sandbox of.</summary>
    public string? SandboxOf { get; init; }

    public string? OrganizationId { get; init; }
    public string? OrganizationName { get; init; }
    public string ReviewState { get; init; } = "";

    /// <summary>Since when people may be asked; <c>null</c> before the first approval, and for sandboxes.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Until then the secret of before works too.</summary>
    public DateTimeOffset? PreviousSecretEndsAt { get; init; }

    public bool IsSandbox => SandboxOf is not null;

    internal ReviewState State => ReviewRule.Read(ReviewState);

    /// <summary>Where its history stands in the audit log.</summary>
    public string Chain => SandboxOf ?? Id;

    public string? IconUrl => AppIcons.UrlOf(Id, IconKey);
}

/// <summary>An app with the lists that count.</summary>
public sealed record AppDetail(OwnedApp App, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes);
