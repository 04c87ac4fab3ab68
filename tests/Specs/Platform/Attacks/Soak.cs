namespace Holdfast.Specs.Platform.Attacks;

/// <summary>How much of a volume case runs: a little in <c>./test</c>, all of it in <c>./test --soak</c>.</summary>
internal static class Soak
{
    public static bool IsOn => Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is not null;

    public static int Of(int full, int small) => IsOn ? full : small;
}
