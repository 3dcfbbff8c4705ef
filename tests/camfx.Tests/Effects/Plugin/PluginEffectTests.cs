using Camfx.Effects.Plugin;
using Camfx.Frames;
using Camfx.Posix;

namespace Camfx.Tests.Effects.Plugin;

/// <summary>What is shown when, with a plug-in that finishes its pictures when the test says so.</summary>
public class PluginEffectTests
{
    [Fact]
    public void Without_a_picture_the_cameras_own_is_shown()
    {
        using var peer = new PluginPeer();
        for (int frame = 1; frame <= 5; frame++) Assert.Equal(frame, peer.Apply(frame));
        Assert.Equal(6, peer.Statistics.ByPassed);
        Assert.Equal(0, peer.Statistics.Shown);
    }

    [Fact]
    public void The_plugin_gets_every_frame_and_its_picture_of_the_frame_before_is_shown()
    {
        using var peer = new PluginPeer();
        peer.Apply(1);
        for (int frame = 2; frame <= 20; frame++)
        {
            Assert.Equal(frame - 1, peer.Take());
            peer.Finish(frame - 1);
            Assert.Equal(frame - 1 + 100, peer.Apply(frame));
        }

        peer.Wait(() => peer.Statistics.State == PluginState.Running, "the state");
        PluginStatistics statistics = peer.Statistics;
        Assert.Equal(19, statistics.Shown);
        Assert.Equal(2, statistics.ByPassed);
        Assert.True(statistics.LatencyMedian > 0 && statistics.LatencyMedian <= statistics.LatencyP99);

        // Frame 0 went by before anybody was attached; one copy to the plug-in for each other, one back for each shown.
        const int frameSize = PluginPeer.Width * PluginPeer.Height * 3 / 2;
        Assert.Equal((20 + 19) * frameSize, statistics.CopiedBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_picture_is_shown_again_while_it_is_recent_and_not_longer(int latency)
    {
        using var peer = new PluginPeer(latency);
        peer.Apply(1);
        peer.Finish(1);
        for (int age = 1; age <= latency; age++) Assert.Equal(101, peer.Apply(1 + age));
        int late = 2 + latency;
        Assert.Equal(late, peer.Apply(late));
        peer.Wait(() => peer.Statistics.State == PluginState.Late, "the state");
    }

    [Fact]
    public void Pictures_never_go_back_the_cameras_own_is_held_until_the_plugin_has_come_to_it()
    {
        using var peer = new PluginPeer(latency: 3);
        Assert.Equal(1, peer.Apply(1));
        Assert.Equal(2, peer.Apply(2));
        peer.Finish(1);
        Assert.Equal(2, peer.Apply(3));
        Assert.Equal(1, peer.Statistics.Held);
        peer.Finish(2);
        Assert.Equal(102, peer.Apply(4));
        peer.Finish(3);
        Assert.Equal(103, peer.Apply(5));
    }

    [Fact]
    public void A_plugin_that_stays_behind_holds_the_picture_for_fewer_frames_than_its_latency()
    {
        using var peer = new PluginPeer(latency: 3);
        Assert.Equal(1, peer.Apply(1));
        Assert.Equal(2, peer.Apply(2));
        peer.Finish(1);
        Assert.Equal(2, peer.Apply(3));
        Assert.Equal(2, peer.Apply(4));
        Assert.Equal(5, peer.Apply(5));
    }

    [Fact]
    public void A_picture_that_is_drawn_over_while_it_is_copied_is_not_shown()
    {
        using var peer = new PluginPeer();
        peer.Apply(1);
        peer.Finish(1);
        peer.DrawOver();
        Assert.Equal(2, peer.Apply(2));
        Assert.Equal(1, peer.Statistics.Torn);
    }

    [Fact]
    public void A_picture_with_another_matrix_is_recoloured()
    {
        using var peer = new PluginPeer();
        peer.Apply(1);
        peer.Finish(1, ColorMatrix.Bt709);

        // Grey is grey by every matrix; what matters is that it is no error and every pixel is written.
        Assert.Equal(101, peer.Apply(2));
    }

    [Fact]
    public void Presentation_times_that_no_frame_had_are_told()
    {
        using var peer = new PluginPeer();
        peer.Apply(1);
        peer.Finish(presentationTime: 5, luma: 99);
        Assert.Equal(2, peer.Apply(2));
        Assert.Contains("presentation times that no frame had", peer.Statistics.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_another_size_are_refused_in_a_sentence_and_the_program_is_started_again()
    {
        using var peer = new PluginPeer(width: 128, attach: false);
        peer.WaitForProblem("gives 128x32 I420 pictures; it must give what it gets, 64x32 I420");
        Assert.Equal(PluginState.Failed, peer.Statistics.State);
        for (int frame = 1; frame <= 5; frame++) Assert.Equal(frame, peer.Apply(frame));
    }

    [Fact]
    public void A_frame_costs_no_managed_memory()
    {
        using var peer = new PluginPeer();
        peer.Apply(1);
        long allocated = 0;
        for (int frame = 2; frame <= 60; frame++)
        {
            // Every third is late, so that all ways are taken.
            if (frame % 3 != 0) peer.Finish(frame - 1);
            long before = GC.GetAllocatedBytesForCurrentThread();
            peer.Apply(frame);
            if (frame > 10) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.True(peer.Statistics.Shown > 30);
    }

    [Fact]
    public void When_it_is_disposed_the_program_and_its_folder_are_gone()
    {
        using var peer = new PluginPeer();
        int program = peer.Statistics.ProcessId;
        Assert.True(Directory.Exists($"/proc/{program}"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, FileStatus.OfPath(peer.Folder)!.Value.Mode);
        peer.EndEffect();
        Assert.False(Directory.Exists($"/proc/{program}"), "the program lives on");
        Assert.False(Directory.Exists(peer.Folder), "the folder is still there");
    }
}
