namespace Camfx.PipeWire.Spa;

/// <summary>What the values of a choice mean: <c>enum spa_choice_type</c> (spa/pod/pod.h). The first value is always the preferred one.</summary>
internal enum SpaChoice : uint
{
    /// <summary>No choice: the first value is the value.</summary>
    None,

    /// <summary>Preferred, least, greatest.</summary>
    Range,

    /// <summary>Preferred, least, greatest, step.</summary>
    Step,

    /// <summary>Preferred, then every alternative.</summary>
    Enum,

    /// <summary>Preferred, then possible flags.</summary>
    Flags,
}
