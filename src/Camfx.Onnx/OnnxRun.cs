using System.Runtime.InteropServices;
using Camfx.Onnx.Interop;

namespace Camfx.Onnx;

/// <summary>A network with what goes in and what comes out, tied together once, so that a run allocates nothing.</summary>
/// <remarks>Thread-bound to whoever runs it. The session and the tensors must outlive it.</remarks>
public sealed unsafe class OnnxRun : IDisposable
{
    private readonly OnnxSession _session;
    private readonly int _inputCount;
    private readonly int _outputCount;
    private readonly bool[] _isMade;

    // In native memory: input names, output names, input values, output values.
    private nint* _table;

    /// <summary>Ties tensors to a network.</summary>
    /// <param name="session">The network.</param>
    /// <param name="inputs">Every input by its name.</param>
    /// <param name="outputs">Those outputs that are wanted; one without a tensor is made anew by each run and must not be used more than once.</param>
    public OnnxRun(OnnxSession session, IReadOnlyList<(string Name, OnnxTensor Tensor)> inputs, IReadOnlyList<(string Name, OnnxTensor? Tensor)> outputs)
    {
        _session = session;
        _inputCount = inputs.Count;
        _outputCount = outputs.Count;
        _isMade = [.. outputs.Select(static output => output.Tensor is null)];
        _table = (nint*)NativeMemory.AllocZeroed((nuint)(2 * (_inputCount + _outputCount)), (nuint)sizeof(nint));
        for (int i = 0; i < _inputCount; i++)
        {
            _table[i] = (nint)Utf8.Copy(inputs[i].Name);
            Values[i] = inputs[i].Tensor.Value;
        }

        for (int i = 0; i < _outputCount; i++)
        {
            _table[_inputCount + i] = (nint)Utf8.Copy(outputs[i].Name);
            Values[_inputCount + i] = outputs[i].Tensor?.Value ?? 0;
        }
    }

    private nint* Values => _table + _inputCount + _outputCount;

    /// <summary>Computes the outputs from the inputs. Allocates nothing on the managed heap.</summary>
    /// <exception cref="OnnxException">The network cannot be run on what it was given.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_table == null, this);
        nint status = _session.Runtime.Api->Run(
            _session.Handle, 0, (byte**)_table, Values, (nuint)_inputCount, (byte**)(_table + _inputCount), (nuint)_outputCount, Values + _inputCount);
        if (status != 0) throw Refused(status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_table == null) return;
        for (int i = 0; i < _outputCount; i++)
            if (_isMade[i] && Output(i) != 0) _session.Runtime.Api->ReleaseValue(Output(i));
        for (int i = 0; i < _inputCount + _outputCount; i++) NativeMemory.Free((void*)_table[i]);
        NativeMemory.Free(_table);
        _table = null;
    }

    /// <summary>The value of an output.</summary>
    internal nint Output(int index) => Values[_inputCount + index];

    private OnnxException Refused(nint status) =>
        new($"The model '{_session.Path}' cannot be run: {_session.Runtime.Take(status)}. Its manifest does not fit it.");
}
