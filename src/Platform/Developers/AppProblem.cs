namespace Holdfast.Platform.Developers;

/// <summary>What is wrong, for the field it is wrong in.</summary>
/// <param name="Text">Key below <c>developers.</c> in Texts.json.</param>
/// <param name="Value">The value that is refused.</param>
public sealed record AppProblem(AppField Field, string Text, string Value = "");

/// <summary>A field of a form about an app.</summary>
public enum AppField
{
    Name, Kind, Owner, Icon, Category, Description, Terms, Privacy, Website, IosBundle, IosStore, AndroidPackage, AndroidStore, AndroidSignature, Products, Scopes, Web, Desktop, Ios, Android, Sandbox,
}
