using System.Runtime.InteropServices;
using Camfx.Posix;

namespace Camfx.DBus.Tests;

/// <summary>A thousand calls leave nothing behind: no memory of the library, no descriptor.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed partial class FootprintTests : BusPair
{
    [Fact]
    public void A_thousand_calls_leave_nothing_behind()
    {
        Round(200);
        (long memory, int descriptors) = Measure();

        // What a heap keeps for later use, and what the runtime takes beside, does not grow with every round; a leak does.
        long least = long.MaxValue;
        for (int round = 0; round < 16 && least >= 250 * 64; round++)
        {
            long before = Measure().Memory;
            Round(250);
            least = Math.Min(least, Measure().Memory - before);
        }

        Assert.True(least < 250 * 64, $"Each round of 250 calls kept {least} bytes at least, {Measure().Memory - memory} in all.");
        Assert.True(Measure().Descriptors <= descriptors, $"{Measure().Descriptors} descriptors are open, {descriptors} were before.");
    }

    private void Round(int calls)
    {
        using FileDescriptor file = Memfd.Create("memory", 4096);
        for (int i = 0; i < calls; i++)
        {
            foreach (FileDescriptor back in Proxy.EchoDescriptors(file, [file])) back.Dispose();
            Assert.Throws<BusException>(() => Proxy.Fail("busy"));
            BusReply<Variant>? answer = null;
            Proxy.EchoVariantAsync("later", reply => answer = reply);
            while (answer is null) Client.Process();
            Client.WatchName(Name, static _ => { }).Dispose();
        }
    }

    private (long Memory, int Descriptors) Measure()
    {
        // Everything that was sent has been handled when these have come back.
        Proxy.EchoVariant("settled");
        Server.Do(() => { });
        while (Client.Process())
        {
        }

        return ((long)mallinfo2().uordblks, Directory.GetFiles("/proc/self/fd").Length);
    }

    // malloc.h of glibc: how much of the heap is in use.
    [LibraryImport("libc")]
    private static partial MallocInfo mallinfo2();

    [StructLayout(LayoutKind.Sequential)]
    private struct MallocInfo
    {
#pragma warning disable IDE1006, CS0649, SA1307 // C's names.
        public nuint arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost;
#pragma warning restore
    }
}

/// <summary>What counts memory of the whole process runs when no other test does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
#pragma warning disable MA0048 // Belongs to the test above.
public sealed class AloneInTheProcess;
