namespace Holdfast.Specs;

/// <summary>How much a volume case sends: a taste in <c>./test</c>, all of it in <c>./test --soak</c>.</summary>
internal static class Volume
{
    public static bool IsFull => Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is not null;

    public static int Of(int taste, int full) => IsFull ? full : taste;
}
