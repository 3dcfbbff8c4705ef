using Camfx.Configuration;

namespace Camfx.Pipeline;

/// <summary>Whether a camera's source may be open at all: the user may have switched the camera off, and a locked screen closes it for a while.</summary>
/// <param name="idle">As the camera begins.</param>
/// <param name="enabled">As the camera begins.</param>
/// <param name="changed">Called after each change.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class SourcePermission(IdleMode idle, bool enabled, Action changed)
{
    /// <summary>What the card of a camera says that is switched off.</summary>
    public const string Off = "The camera is off.";

    private volatile IdleMode _idle = idle;
    private volatile bool _enabled = enabled;
    private volatile string? _suspended;

    /// <summary>Why the source may not be open, one sentence; null: it may.</summary>
    public string? Refusal => !_enabled || _idle == IdleMode.Off ? Off : _suspended;

    /// <summary>Whether it is open although nobody watches.</summary>
    public bool IsAlwaysOpen => _idle == IdleMode.Always;

    public IdleMode Idle
    {
        get => _idle;
        set
        {
            _idle = value;
            changed();
        }
    }

    public bool Enabled
    {
        get => _enabled;
        set
        {
            _enabled = value;
            changed();
        }
    }

    /// <summary>Why the source is closed for a while; null: it is not.</summary>
    public string? Suspended
    {
        get => _suspended;
        set
        {
            _suspended = value;
            changed();
        }
    }
}
