namespace Camfx.Doctor;

/// <summary>Looks for one cause for which a camera is not there.</summary>
/// <param name="topic">What it looks at, a few words.</param>
internal abstract class Check(string topic)
{
    /// <summary>What it looks at.</summary>
    public string Topic => topic;

    /// <summary>Looks. Changes nothing on the machine. What does not concern this machine gives no finding.</summary>
    public abstract IEnumerable<Finding> Look(IMachine machine);

    protected Finding Ok(string message) => new(topic, Severity.Ok, message);

    protected Finding Warning(string message, string? remedy = null) => new(topic, Severity.Warning, message, remedy);

    protected Finding Problem(string message, string? remedy = null) => new(topic, Severity.Problem, message, remedy);
}
