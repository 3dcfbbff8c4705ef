namespace Camfx.V4L2.Fake;

/// <summary>A control of a played camera.</summary>
public sealed class FakeControl(uint id, string name, VideoControlType type, long minimum, long maximum, long step, long initial)
{
    public uint Id => id;

    public string Name => name;

    public VideoControlType Type => type;

    public long Minimum => minimum;

    public long Maximum => maximum;

    public long Step => step;

    public long Default { get; } = initial;

    public long Value { get; set; } = initial;

    public VideoControlFlags Flags { get; set; }

    /// <summary>Choices of a menu by index; those missing are holes.</summary>
    public IReadOnlyDictionary<int, string> Choices { get; init; } = new Dictionary<int, string>();

    /// <summary>While that control is not 0, this one is inactive and refuses to be set.</summary>
    public FakeControl? Automatic { get; init; }
}
