using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>The form about what people and reviewers read.</summary>
internal static class DetailsForm
{
    public static AppConfiguration Read(IFormCollection form, AppConfiguration before)
    {
        return before with
        {
            Name = Text("name"),
            Details = new AppDetails
            {
                Category = Text("category"),
                Description = Text("description").ReplaceLineEndings("\n"),
                TermsUrl = Text("terms"),
                PrivacyUrl = Text("privacy"),
                Platforms = [.. Enum.GetValues<RedirectPlatform>().Where(platform => form["platform"].Contains(platform.ToString()))],
                WebsiteUrl = Text("website"),
                IosBundleId = Text("ios_bundle"),
                IosStoreUrl = Text("ios_store"),
                AndroidPackage = Text("android_package"),
                AndroidStoreUrl = Text("android_store"),
                AndroidSignature = Text("android_signature"),
            },
        };

        string Text(string name) => form[name].ToString().Trim();
    }
}
