using System.Runtime.InteropServices;

namespace Camfx.Onnx.Tests.Models;

/// <summary>
/// Writes small ONNX models (onnx.proto, IR version 7, operators of set 13): what the tests run is made by the tests, and what it computes can be
/// said in one line.
/// </summary>
internal sealed class ModelWriter
{
    private const long Float = 1, Int64 = 7;

    private readonly ProtobufWriter _graph = new();

    /// <summary>An input; a dimension of -1 is left open.</summary>
    public ModelWriter Input(string name, params long[] shape) => Value(11, name, Float, shape);

    /// <summary>An input of another type than float.</summary>
    public ModelWriter InputOf(OnnxElement element, string name, params long[] shape) => Value(11, name, (long)element, shape);

    /// <summary>An output; a dimension of -1 is left open.</summary>
    public ModelWriter Output(string name, params long[] shape) => Value(12, name, Float, shape);

    /// <summary>Weights.</summary>
    public ModelWriter Constant(string name, float[] values, params long[] shape) => Tensor(name, Float, MemoryMarshal.AsBytes<float>(values), shape);

    /// <summary>Indices, axes and sizes.</summary>
    public ModelWriter Constant(string name, params long[] values) => Tensor(name, Int64, MemoryMarshal.AsBytes<long>(values), [values.Length]);

    /// <summary>An operation. Attributes are long, float, long[] or string.</summary>
    public ModelWriter Node(string operation, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        _graph.Message(1, node =>
        {
            foreach (string input in inputs.Split(' ')) node.Text(1, input);
            foreach (string output in outputs.Split(' ')) node.Text(2, output);
            node.Text(4, operation);
            foreach ((string name, object value) in attributes) node.Message(5, attribute => Attribute(attribute, name, value));
        });
        return this;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] ToArray(long operators = 13)
    {
        ProtobufWriter model = new();
        model.Number(1, 7);
        model.Text(2, "camfx tests");
        _graph.Text(2, "graph");
        model.Bytes(7, _graph.ToArray());
        model.Message(8, set => set.Number(2, operators));
        return model.ToArray();
    }

    private static void Attribute(ProtobufWriter attribute, string name, object value)
    {
        attribute.Text(1, name);
        switch (value)
        {
            case float single:
                attribute.Single(2, single);
                attribute.Number(20, 1);
                break;
            case long number:
                attribute.Number(3, number);
                attribute.Number(20, 2);
                break;
            case string text:
                attribute.Text(4, text);
                attribute.Number(20, 3);
                break;
            case long[] numbers:
                foreach (long number in numbers) attribute.Number(8, number);
                attribute.Number(20, 7);
                break;
            default:
                throw new ArgumentException($"An attribute cannot be a {value.GetType()}.", nameof(value));
        }
    }

    private ModelWriter Tensor(string name, long type, ReadOnlySpan<byte> bytes, long[] shape)
    {
        byte[] raw = bytes.ToArray();
        _graph.Message(5, tensor =>
        {
            foreach (long dimension in shape) tensor.Number(1, dimension);
            tensor.Number(2, type);
            tensor.Text(8, name);
            tensor.Bytes(9, raw);
        });
        return this;
    }

    private ModelWriter Value(int field, string name, long type, long[] shape)
    {
        _graph.Message(field, value =>
        {
            value.Text(1, name);
            value.Message(2, kind => kind.Message(1, tensor =>
            {
                tensor.Number(1, type);
                tensor.Message(2, dimensions =>
                {
                    for (int i = 0; i < shape.Length; i++)
                    {
                        int axis = i;
                        dimensions.Message(1, dimension =>
                        {
                            if (shape[axis] >= 0) dimension.Number(1, shape[axis]);
                            else dimension.Text(2, $"{name}_{axis}");
                        });
                    }
                });
            }));
        });
        return this;
    }
}
