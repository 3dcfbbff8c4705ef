using System.Runtime.InteropServices;

namespace Camfx.Abi.Tests;

/// <summary>Bindings that are wrong in one place each, and what gcc says of them: the checks can fail.</summary>
public sealed partial class MutationTests
{
    [SkippableFact]
    public void The_right_binding_passes()
    {
        BindingTable table = TableWith<RightPollfd>();
        Assert.Equal("", Check(table, typeof(RightPollfd), typeof(RightNames)));
    }

    [SkippableFact]
    public void A_field_at_the_wrong_offset_is_reported() =>
        Assert.Contains("SwappedPollfd.fd is at 4 in C#", Check(TableWith<SwappedPollfd>(), typeof(SwappedPollfd)));

    [SkippableFact]
    public void A_field_of_the_wrong_size_is_reported() =>
        Assert.Contains("WidePollfd.revents has 4 bytes in C#", Check(TableWith<WidePollfd>(), typeof(WidePollfd)));

    [SkippableFact]
    public void A_struct_of_the_wrong_size_is_reported() =>
        Assert.Contains("WidePollfd has 12 bytes in C#", Check(TableWith<WidePollfd>(), typeof(WidePollfd)));

    [SkippableFact]
    public void A_field_C_does_not_have_is_reported() =>
        Assert.Contains("has no member named 'descriptor'", Check(TableWith<RenamedPollfd>(), typeof(RenamedPollfd)));

    [SkippableFact]
    public void A_wrong_number_is_reported() =>
        Assert.Contains("POLLIN is 2 in C#", Check(TableWith<RightPollfd>(), typeof(WrongNumber)));

    [SkippableFact]
    public void A_wrong_enum_member_is_reported() =>
        Assert.Contains("WrongEnum.POLLOUT is 3 in C#", Check(TableWith<RightPollfd>(), typeof(WrongEnum)));

    [SkippableFact]
    public void A_wrong_text_is_reported()
    {
        BindingTable table = TableWith<RightPollfd>();
        table.Define("CAMFX_TEXT", "\"right\"");
        string complaints = Check(table, typeof(WrongText));
        Assert.Contains("CAMFX_TEXT is (wrong) in C#", complaints);
    }

    [SkippableFact]
    public void A_function_with_an_argument_too_few_is_reported() =>
        Assert.Contains("too few arguments to function 'poll'", Check(TableWith<RightPollfd>(), typeof(WrongFunction)));

    [SkippableFact]
    public void A_function_with_another_result_is_reported() =>
        Assert.Contains("ppoll returns 8 bytes in C#", Check(TableWith<RightPollfd>("_GNU_SOURCE"), typeof(WrongResult)));

    [SkippableFact]
    public void A_function_pointer_with_an_argument_too_many_is_reported()
    {
        BindingTable table = new();
        table.Define("_GNU_SOURCE");
        table.Headers("stdio.h");
        table.Struct<WrongCallback>("cookie_io_functions_t");
        Assert.Contains("too many arguments to function", Check(table, typeof(WrongCallback)));
    }

    [SkippableFact]
    public void A_struct_passed_by_value_is_no_complaint()
    {
        BindingTable table = new();
        table.Headers("arpa/inet.h");
        table.Struct<InternetAddress>("struct in_addr");
        Assert.Equal("", Check(table, typeof(InternetAddress), typeof(StructByValue)));
    }

    [SkippableFact]
    public void Structs_with_our_own_names_are_compared_by_their_names_in_C()
    {
        BindingTable table = new() { FieldNaming = BindingTable.SnakeCase };
        table.IncludeLines.Add("struct plane { int plane_count; long byte_offset; };");
        table.Struct<Plane>("struct plane");
        Assert.Equal("", Check(table, typeof(Plane)));
    }

    [Fact]
    public void A_struct_that_is_not_listed_is_reported()
    {
        BindingInventory inventory = new(typeof(RightPollfd), typeof(SwappedPollfd));
        Assert.Equal(typeof(SwappedPollfd).FullName, AbiTests.Unlisted(inventory, TableWith<RightPollfd>()));
    }

    private static BindingTable TableWith<T>(string? macro = null)
        where T : unmanaged
    {
        BindingTable table = new();
        if (macro is not null)
            table.Define(macro);
        table.Headers("poll.h");
        table.Struct<T>("struct pollfd");
        return table;
    }

    private static string Check(BindingTable table, params Type[] types)
    {
        Skip.IfNot(NativeCompiler.IsThere, "gcc is not installed.");
        string name = $"mutation-{string.Join('-', types.Select(type => type.Name))}";
        return NativeCompiler.Check(name, CProgram.Write(table, new BindingInventory(types)), table);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RightPollfd
    {
        public int fd;
        public short events;
        public short revents;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SwappedPollfd
    {
        public short events;
        public short revents;
        public int fd;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct WidePollfd
    {
        public int fd;
        public short events;
        public int revents;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RenamedPollfd
    {
        public int descriptor;
        public short events;
        public short revents;
    }

    private static class RightNames
    {
        public const short POLLIN = 1;
        public static readonly short POLLOUT = 4;
    }

    private static class WrongNumber
    {
        public const short POLLIN = 2;
    }

    private enum WrongEnum
    {
        POLLIN = 1,
        POLLOUT = 3,
    }

    private static class WrongText
    {
        public static ReadOnlySpan<byte> CAMFX_TEXT => "wrong"u8;
    }

    private static partial class WrongFunction
    {
        [LibraryImport("libc")]
        public static partial int poll(nint descriptors, ulong count);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Plane
    {
        public int PlaneCount;
        public long ByteOffset;
    }

    private static partial class WrongResult
    {
        [LibraryImport("libc")]
        public static partial long ppoll(nint descriptors, ulong count, nint timeout, nint mask);
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct WrongCallback
    {
        public delegate* unmanaged<void*, byte*, nuint, nint> read;
        public delegate* unmanaged<void*, byte*, nuint, nint> write;
        public delegate* unmanaged<void*, long*, int, int> seek;
        public delegate* unmanaged<void*, void*, int> close;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct InternetAddress
    {
        public uint s_addr;
    }

    private static partial class StructByValue
    {
        [LibraryImport("libc")]
        public static partial nint inet_ntoa(InternetAddress address);
    }
}
