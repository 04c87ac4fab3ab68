namespace Holdfast.People.External;

/// <summary>Who a provider says somebody is.</summary>
/// <param name="Subject">The account's unchanging id there: the only thing that ever opens an account here.</param>
/// <param name="IsEmailVerified">The provider vouches that the e-mail is this person's.</param>
public sealed record ExternalIdentity(string Subject, string? Email, bool IsEmailVerified, string? Name);
