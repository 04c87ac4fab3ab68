namespace Holdfast.Platform.DemoIdentity;

/// <summary>A fictional person of the Pottery Club. Choosing one is all it takes to be them: they guard nothing.</summary>
internal sealed record ClubMember(string Subject, string Name, string Email, bool IsEmailVerified)
{
    public static IReadOnlyList<ClubMember> All { get; } =
    [
        new("club-0107", "Mina Sato", "mina@club.example.test", true),
        // Has the e-mail of a demo account: shows that nothing is linked before its person logs in.
        new("club-0042", "Ada Lindqvist", "ada@example.test", true),
        new("club-0311", "Tomás Rivera", "tomas@club.example.test", false),
    ];

    public static ClubMember? Find(string? subject) => All.FirstOrDefault(member => member.Subject == subject);
}
