using System.Text;

namespace Camfx.DBus;

/// <summary>Which signals (the D-Bus specification's match rules). What is null matches everything.</summary>
/// <param name="Sender">A unique or a well-known name.</param>
/// <param name="Path">The object.</param>
/// <param name="Interface">The interface.</param>
/// <param name="Member">The signal.</param>
/// <param name="Argument0">The first argument, a text.</param>
public sealed record BusMatch(string? Sender, string? Path, string? Interface, string? Member, string? Argument0 = null)
{
    /// <summary>Objects at this path and below it; null for all.</summary>
    public string? PathNamespace { get; init; }

    internal bool SenderIsWellKnown => Sender is not null and not Bus.DriverName && !Sender.StartsWith(':');

    internal string Rule
    {
        get
        {
            StringBuilder rule = new("type='signal'");
            Add("sender", Sender);
            Add("path", Path);
            Add("path_namespace", PathNamespace);
            Add("interface", Interface);
            Add("member", Member);
            Add("arg0", Argument0);
            return rule.ToString();

            void Add(string key, string? value)
            {
                // An apostrophe ends the quoted value; outside of quotes it is written with a backslash.
                if (value is not null) rule.Append($",{key}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'");
            }
        }
    }
}
