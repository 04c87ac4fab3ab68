namespace Holdfast.People.Email;

/// <summary>What a code in a letter is good for. A code for one is no code for another.</summary>
public enum CodePurpose { Verify, SignIn, Reset }
