namespace Holdfast.Specs.Platform.Attacks;

/// <summary>How much a volume case sends: a taste by default, all of it with <c>HOLDFAST_SOAK=1</c>.</summary>
internal static class Volume
{
    public static bool IsFull => Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is "1";

    public static int Of(int taste, int full) => IsFull ? full : taste;
}
