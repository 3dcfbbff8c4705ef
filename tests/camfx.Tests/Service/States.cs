namespace Camfx.Tests.Service;

/// <summary>State files.</summary>
internal static class States
{
    /// <summary>One small camera that shows a test picture to readers of its queue.</summary>
    public static string Small(string source = "test:counter", string size = "320x240", string effects = "", int nextEffect = 1, string idle = "on-demand") =>
        $$"""
        { "version": 1, "cameras": [ { "id": "camfx", "name": "camfx", "source": "{{source}}", "size": "{{size}}", "fps": "30/1", "idle": "{{idle}}",
          "enabled": true, "outputs": [ "queue" ], "nextEffect": {{nextEffect}}, "effects": [ {{effects}} ] } ] }
        """;
}
