using System.Reflection;
using Camfx.Onnx;
using Camfx.Onnx.Interop;

namespace Camfx.Abi.Tests.Libraries;

/// <summary>Camfx.Onnx: ONNX Runtime's table of functions. Debian has its header from release 13 on.</summary>
internal sealed class OnnxBindings : NativeBindings
{
    internal override Assembly Assembly => typeof(OnnxSession).Assembly;

    internal override void Describe(BindingTable table)
    {
        table.Package("libonnxruntime");
        table.Headers("onnxruntime_c_api.h");
        table.Struct<OrtApiBase>("OrtApiBase");
        table.Prefix<OrtApi>("OrtApi");
        table.Enum<OnnxElement>(element => $"ONNX_TENSOR_ELEMENT_DATA_TYPE_{element.ToString().ToUpperInvariant()}");
        table.Condition("ORT_API_VERSION >= 11", "the header is older than the version of the table that camfx asks for");
        table.NotInC(nameof(OrtApi.Version), "the version of the table that camfx asks for");
        foreach (string name in (string[])["Name", "OldestMinor", "NewestMinor"]) table.NotInC(name, "how the library's file is called");
        table.NotInC("Failure", "a sentence");
    }
}
