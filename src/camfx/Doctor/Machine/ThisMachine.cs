using Camfx.PipeWire;

namespace Camfx.Doctor.Machine;

/// <summary>The machine camfx runs on. What takes time is asked once.</summary>
internal sealed class ThisMachine : IMachine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<PipeWireAnswer> _pipeWire = new(AskPipeWire);

    public IFiles Files { get; } = new MachineFiles();

    public IProcesses Processes { get; } = new MachineProcesses();

    public IVideo Video { get; } = new MachineVideo();

    public IBusAnswers Buses { get; } = new BusAnswers(DBus.Bus.OpenSystem, DBus.Bus.OpenUser);

    public PipeWireAnswer PipeWire => _pipeWire.Value;

    private static PipeWireAnswer AskPipeWire()
    {
        try
        {
            return new PipeWireAnswer(GraphSnapshot.Take(s_patience));
        }
        catch (IOException failure)
        {
            return new PipeWireAnswer(null, failure.Message);
        }
        catch (DllNotFoundException missing)
        {
            return new PipeWireAnswer(null, missing.Message, IsInstalled: false);
        }
    }
}
