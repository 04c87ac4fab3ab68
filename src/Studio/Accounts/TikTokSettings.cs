using Holdfast.Shell.Sealing;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts;

/// <summary>What whoever runs Studio may learn and change about its stored TikTok app; never the secret.</summary>
public static class TikTokSettings
{
    /// <summary>The stored app; <c>null</c> when there is none, or its secret can no longer be opened.</summary>
    public static async Task<StoredTikTok?> StoredTikTokAsync(this WebApplication app)
    {
        try
        {
            return await app.Services.GetRequiredService<StudioTikTok>().StoredAsync() is { } stored ? new StoredTikTok(stored.Credentials.ClientKey, stored.Client.Endpoints) : null;
        }
        catch (SealedSecretException)
        {
            return null;
        }
    }

    /// <summary>The stored app is reached elsewhere from now on; key and secret stay.</summary>
    public static async Task MoveTikTokAsync(this WebApplication app, TikTokEndpoints endpoints)
    {
        var tiktok = app.Services.GetRequiredService<StudioTikTok>();
        if (await tiktok.StoredAsync() is { } stored)
            await tiktok.SaveAsync(endpoints, stored.Credentials);
    }
}

/// <summary>The app this installation is, and where its TikTok is.</summary>
public sealed record StoredTikTok(string ClientKey, TikTokEndpoints Endpoints);
