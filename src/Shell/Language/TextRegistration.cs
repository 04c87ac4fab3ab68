using System.Reflection;

namespace Holdfast.Shell.Language;

internal static class TextRegistration
{
    public static void AddTexts(this IServiceCollection services, Assembly[] assemblies)
    {
        services.AddSingleton(new TextTable([typeof(TextRegistration).Assembly, .. assemblies]));
        services.AddScoped<Texts>();
    }
}
