using System.CommandLine;
using System.Globalization;
using Camfx.Configuration;
using Camfx.DBus;
using Camfx.DBus.Interfaces;
using Camfx.Service.Objects;

namespace Camfx.Cli.Live;

/// <summary><c>camfx effect list|add|set|enable|disable|move|remove</c>: the effects of a running camera.</summary>
internal static class EffectVerbs
{
    public static IEnumerable<Command> Create()
    {
        yield return List();
        yield return Add();
        yield return Set();
        yield return Switch("enable", "Runs an effect that was disabled.", enabled: true);
        yield return Switch("disable", "Leaves an effect in its place and does not run it.", enabled: false);
        yield return Move();
        yield return Remove();
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        Option<string> camera = CameraChoice.Option();
        var list = new Command("list", "Lists a camera's effects in their order: number, SPEC, cost a frame.") { camera, json };
        list.SetAction(parsed => ServiceClient.Do(client =>
        {
            IReadOnlyList<Effect1Proxy> effects = client.Camera(parsed.GetValue(camera)!).Effects;
            if (parsed.GetValue(json)) Console.Out.Write(StatusJson.OfEffects(effects));
            else if (effects.Count == 0) Console.Out.WriteLine("It has no effects; 'camfx effect add SPEC' adds one.");
            else foreach (Effect1Proxy effect in effects) Console.Out.WriteLine(StatusText.Line(effect));
        }));
        return list;
    }

    private static Command Add()
    {
        var spec = new Argument<string>("SPEC")
        {
            HelpName = "SPEC",
            Description = "kind[:key=value,key=value]; 'camfx effect kinds' lists them.",
            CompletionSources = { context => Suggestions.EffectSpecs(context.WordToComplete) },
        };
        var at = new Option<int>("--at") { HelpName = "POSITION", Description = "Where in the chain, 0 for the first; the last if left out.", DefaultValueFactory = _ => -1 };
        Option<string> camera = CameraChoice.Option();
        var add = new Command("add", "Adds an effect, live. Prints its number.") { spec, at, camera };
        add.SetAction(parsed =>
        {
            EffectSetting effect = FilePaths.OfEffect(EffectSetting.Parse("1", parsed.GetValue(spec)!));
            ServiceClient.Do(client => Console.Out.WriteLine(Service.ServicePaths.LastPart(
                client.Camera(parsed.GetValue(camera)!).Camera.AddEffect(effect.Kind, ParameterText.Show(effect.Parameters), parsed.GetValue(at)))));
        });
        return add;
    }

    private static Command Set()
    {
        Argument<string> which = Which();
        var words = new Argument<string[]>("KEY=VALUE") { Description = "What is to be different; other keys stay.", Arity = ArgumentArity.OneOrMore };
        Option<string> camera = CameraChoice.Option();
        var set = new Command("set", "Changes an effect's keys, live.") { which, words, camera };
        set.SetAction(parsed => ServiceClient.Do(client =>
        {
            Effect1Proxy effect = client.Camera(parsed.GetValue(camera)!).Effect(parsed.GetValue(which)!);
            EffectSetting given = FilePaths.OfEffect(EffectSetting.Parse("1", $"{effect.Kind}:{string.Join(',', parsed.GetValue(words)!)}"));
            Dictionary<string, Variant> parameters = new(effect.Parameters, StringComparer.Ordinal);
            foreach ((string key, string value) in given.Parameters) parameters[key] = value;
            effect.SetParameters(parameters);
        }));
        return set;
    }

    private static Command Switch(string verb, string description, bool enabled) =>
        OnEffect(verb, description, (effect, _) => effect.SetEnabled(enabled));

    private static Command Remove() => OnEffect("remove", "Takes an effect out, live.", static (effect, _) => effect.Remove());

    private static Command Move()
    {
        var position = new Argument<string>("POSITION") { Description = "Where in the chain: 0 is the first, 'last' the last." };
        return OnEffect("move", "Moves an effect to another place in the chain, live.", (effect, parsed) =>
        {
            string place = parsed.GetValue(position)!;
            effect.Move(place == "last" ? -1
                : int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
                : throw CamfxException.Usage($"The position cannot be '{place}'; it is a number, 0 for the first, or 'last'."));
        }, position);
    }

    private static Command OnEffect(string verb, string description, Action<Effect1Proxy, ParseResult> work, params ReadOnlySpan<Argument> more)
    {
        Argument<string> which = Which();
        Option<string> camera = CameraChoice.Option();
        var command = new Command(verb, description) { which, camera };
        foreach (Argument argument in more) command.Arguments.Add(argument);
        command.SetAction(parsed => ServiceClient.Do(client => work(client.Camera(parsed.GetValue(camera)!).Effect(parsed.GetValue(which)!), parsed)));
        return command;
    }

    private static Argument<string> Which() => new("EFFECT")
    {
        HelpName = "EFFECT",
        Description = "The effect's number ('camfx effect list'), or its kind where the camera has one of it.",
        CompletionSources = { _ => Suggestions.Effects() },
    };
}
