using Holdfast.People.Email;
using Holdfast.Shell.Language;

namespace Holdfast.People.Letters;

/// <summary>The letters we write: short, and each says what to do when one did not ask for it.</summary>
internal static class Words
{
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    public static Letter Verify(Texts texts, string to, FreshCode code) => WithCode(texts, "verify", to, code.Code);

    public static Letter SignIn(Texts texts, string to, FreshCode code) => WithCode(texts, "sign-in", to, code.Code);

    /// <param name="link">Opens the same page without typing the code.</param>
    public static Letter Reset(Texts texts, string to, FreshCode code, string link) => new(to, texts["letters.reset.subject"], texts["letters.reset.body", code.Code, link], EmailCodes.GoodFor);

    public static Letter AddressTaken(Texts texts, string to) => Plain(texts, "taken", to);

    public static Letter PasswordChanged(Texts texts, string to, string userName) => Plain(texts, "password-changed", to, userName);

    public static Letter EmailChanged(Texts texts, string to, string userName) => Plain(texts, "email-changed", to, userName);

    public static Letter AccountDeleted(Texts texts, string to, string userName) => Plain(texts, "account-deleted", to, userName);

    private static Letter WithCode(Texts texts, string key, string to, string code) =>
        new(to, texts[$"letters.{key}.subject"], texts[$"letters.{key}.body", code], EmailCodes.GoodFor);

    private static Letter Plain(Texts texts, string key, string to, params object?[] values) =>
        new(to, texts[$"letters.{key}.subject"], texts[$"letters.{key}.body", values], News);
}
