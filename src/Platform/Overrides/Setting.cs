using System.Globalization;

namespace Holdfast.Platform.Overrides;

/// <summary>One setting that the console can change while the Platform runs.</summary>
/// <param name="Name">As the API writes it; its words stand under <c>overrides.setting.…</c>.</param>
/// <param name="Group">Where the page shows it.</param>
/// <param name="Choices">The only values it takes; <c>null</c> where it is a span or a number.</param>
public abstract record Setting(string Name, string Group, SettingShape Shape, IReadOnlyList<string>? Choices)
{
    /// <summary>Whether it takes this value.</summary>
    public abstract bool Takes(string value);

    /// <summary>Writes the value into options of its kind; leaves others alone.</summary>
    public abstract void Apply(object options, string value);

    /// <summary>What options of its kind hold, as <see cref="Takes"/> would take it; <c>null</c> for others.</summary>
    public abstract string? Say(object options);

    public static Setting Span<T>(string name, string group, TimeSpan from, TimeSpan to, Func<T, TimeSpan> get, Action<T, TimeSpan> set) where T : class =>
        new Of<T, TimeSpan>(name, group, SettingShape.Span, null, text => SpanText.Read(text) is { } span && span >= from && span <= to ? span : null, SpanText.Say, get, set);

    public static Setting Number<T>(string name, string group, int from, Func<T, int> get, Action<T, int> set) where T : class => new Of<T, int>(
        name, group, SettingShape.Number, null, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= 1_000_000 ? number : null,
        number => number.ToString(CultureInfo.InvariantCulture), get, set);

    public static Setting Switch<T>(string name, string group, Func<T, bool> get, Action<T, bool> set) where T : class =>
        new Of<T, bool>(name, group, SettingShape.Switch, ["on", "off"], text => text switch { "on" => true, "off" => false, _ => null }, value => value ? "on" : "off", get, set);

    public static Setting Choice<T, TValue>(string name, string group, Func<T, TValue> get, Action<T, TValue> set) where T : class where TValue : struct, Enum => new Of<T, TValue>(
        name, group, SettingShape.Choice, [.. Enum.GetNames<TValue>().Select(choice => choice.ToLowerInvariant())],
        text => text.All(char.IsAsciiLetter) && Enum.TryParse<TValue>(text, ignoreCase: true, out var value) ? value : null, value => value.ToString().ToLowerInvariant(), get, set);

    private sealed record Of<T, TValue>(string Name, string Group, SettingShape Shape, IReadOnlyList<string>? Choices, Func<string, TValue?> Read, Func<TValue, string> Write, Func<T, TValue> Get, Action<T, TValue> Set)
        : Setting(Name, Group, Shape, Choices) where T : class where TValue : struct
    {
        public override bool Takes(string value) => Read(value) is not null;

        public override void Apply(object options, string value)
        {
            if (options is T mine && Read(value) is { } read)
                Set(mine, read);
        }

        public override string? Say(object options) => options is T mine ? Write(Get(mine)) : null;
    }
}

public enum SettingShape { Span, Number, Switch, Choice }
