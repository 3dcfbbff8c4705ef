namespace Camfx.Posix.Interop;

/// <summary>
/// The C library, by its own names: one file for each function or inseparable group, with the constants and structs it uses.
/// Nothing here decides: the types of <c>Camfx.Posix</c> check every result, translate errno and retry after a signal.
/// </summary>
/// <remarks>
/// Numbers and layouts are those of 64-bit Linux on x86-64 and arm64; <c>tests/Camfx.Abi.Tests</c> lets gcc compare each with the headers.
/// Some functions are variadic in C (<c>fcntl</c>, <c>ioctl</c>, <c>open</c>, <c>syscall</c>) and are declared here with the arguments that are passed.
/// Both calling conventions put the first integer and pointer arguments of a variadic call into the same registers as those of any other
/// call, so the fixed signature is the same call. (macOS on arm64 differs: variadic arguments are on its stack.)
/// </remarks>
internal static unsafe partial class Libc
{
    // The runtime's loader knows this one name and loads the C library's real soname for it.
    private const string Library = "libc";
}
