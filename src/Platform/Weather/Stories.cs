using Holdfast.Platform.Api;
using Holdfast.Platform.Faults;

namespace Holdfast.Platform.Weather;

/// <summary>The weather there is.</summary>
internal static class Stories
{
    public static IReadOnlyList<Story> All { get; } =
    [
        new("two-hour-outage", TimeSpan.FromHours(2)) { Faults = [new NewFault { Kind = FaultKind.Outage }] },
        new("moderation-failures", TimeSpan.FromHours(1)) { Verdicts = ["spam_risk_text", "picture_size_check_failed", "spam_risk"] },
        new("user-cap", TimeSpan.FromHours(24))
        {
            Faults =
            [
                // The question is answered, and the answer is no: 200 (§5.2).
                new NewFault { Place = ApiPlace.CreatorInfo, Status = 200, Code = UserCap, Message = UserCapWords },
                new NewFault { Place = ApiPlace.VideoInit, Status = 403, Code = UserCap, Message = UserCapWords },
                new NewFault { Place = ApiPlace.PhotoInit, Status = 403, Code = UserCap, Message = UserCapWords },
            ],
        },
        new("slow-publish", TimeSpan.FromHours(6)) { Settings = [("processing_delay", "20m"), ("moderation_delay", "2h")] },
        new("wrong-secret", TimeSpan.FromHours(1))
        {
            Faults =
            [
                new NewFault { Place = ApiPlace.Token, Status = 401, Code = "invalid_client", Message = "Client key or secret is incorrect." },
                new NewFault { Place = ApiPlace.Revoke, Status = 401, Code = "invalid_client", Message = "Client key or secret is incorrect." },
            ],
        },
        new("lost-answers", TimeSpan.FromHours(1))
        {
            Faults =
            [
                new NewFault { Place = ApiPlace.Token, Kind = FaultKind.LostAnswer, Times = 3 },
                new NewFault { Place = ApiPlace.VideoInit, Kind = FaultKind.LostAnswer, Times = 3 },
                new NewFault { Place = ApiPlace.InboxInit, Kind = FaultKind.LostAnswer, Times = 3 },
                new NewFault { Place = ApiPlace.PhotoInit, Kind = FaultKind.LostAnswer, Times = 3 },
            ],
        },
    ];

    private const string UserCap = "reached_active_user_cap";
    private const string UserCapWords = "The daily quota of active users of this app has been reached.";

    public static Story? Find(string name) => All.FirstOrDefault(story => story.Name == name);
}
