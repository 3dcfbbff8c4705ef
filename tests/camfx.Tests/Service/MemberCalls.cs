using Camfx.DBus;
using Camfx.DBus.Interfaces;

namespace Camfx.Tests.Service;

/// <summary>Every member that changes something, called as it should be.</summary>
internal static class MemberCalls
{
    private static readonly Dictionary<string, Variant> s_none = [];

    /// <summary>By interface and member: sends the call, and tells its error.</summary>
    public static readonly Dictionary<string, Action<ServiceFixture, Action<BusException?>>> All = new(StringComparer.Ordinal)
    {
        ["Camera1.AddEffect"] = (on, done) => on.Camera.AddEffectAsync("flip", s_none, -1, reply => done(reply.Error)),
        ["Camera1.SetEffects"] = (on, done) => on.Camera.SetEffectsAsync([("mirror", s_none), ("brightness", s_none)], done),
        ["Camera1.SetMode"] = (on, done) => on.Camera.SetModeAsync(352, 288, 15, s_none, done),
        ["Camera1.AddOutput"] = (on, done) => on.Camera.AddOutputAsync("none", reply => done(reply.Error)),
        ["Camera1.Name"] = (on, done) => on.Camera.SetNameAsync("another", done),
        ["Camera1.Source"] = (on, done) => on.Camera.SetSourceAsync("test:ball", done),
        ["Camera1.Width"] = (on, done) => on.Camera.SetWidthAsync(160, done),
        ["Camera1.Height"] = (on, done) => on.Camera.SetHeightAsync(120, done),
        ["Camera1.FrameRate"] = (on, done) => on.Camera.SetFrameRateAsync(25, done),
        ["Camera1.Idle"] = (on, done) => on.Camera.SetIdleAsync("always", done),
        ["Camera1.Enabled"] = (on, done) => on.Camera.SetEnabledAsync(true, done),
        ["Effect1.Move"] = (on, done) => on.Effect.MoveAsync(0, done),
        ["Effect1.Enabled"] = (on, done) => on.Effect.SetEnabledAsync(false, done),
        ["Effect1.Parameters"] = (on, done) => on.Effect.SetParametersAsync(new Dictionary<string, Variant> { ["value"] = 7 }, done),
        ["Effect1.Remove"] = (on, done) => on.Effect.RemoveAsync(done),
        ["Output1.Remove"] = (on, done) => on.Output.RemoveAsync(done),
    };

    /// <summary>Sends calls, then waits for all their answers.</summary>
    /// <returns>Each call's error, or null.</returns>
    public static Dictionary<string, BusException?> Answers(ServiceFixture on, IEnumerable<string> members, Action? whenSent = null)
    {
        Dictionary<string, BusException?> answers = new(StringComparer.Ordinal);
        string[] called = [.. members];
        foreach (string member in called) All[member](on, error => answers[member] = error);
        whenSent?.Invoke();
        Waiting.Until(on.Bus, () => answers.Count == called.Length, $"answers; there are {string.Join(", ", answers.Keys)}");
        return answers;
    }
}
