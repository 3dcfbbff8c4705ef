using Camfx.Frames.Queue;
using FsCheck;
using FsCheck.Fluent;

namespace Camfx.Frames.Tests.Queue;

/// <summary>Random interleavings of the producer's steps with those of honest and hostile consumers.</summary>
public sealed unsafe class ProtocolProperties
{
    private const ulong Drawing = ulong.MaxValue;

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(1500).WithStartSize(50).WithEndSize(1500);

    [Fact]
    public void AHeldFrameNeverChangesAndASlotIsAlwaysFound() => Check(hostile: false, revoking: false);

    [Fact]
    public void HostileLeaseWordsCannotTakeAHeldFrameNorTheLastSlot() => Check(hostile: true, revoking: false);

    [Fact]
    public void WhatIsAcceptedIsWholeEvenWhenLeasesAreRevoked() => Check(hostile: true, revoking: true);

    private static void Check(bool hostile, bool revoking)
    {
        long accepted = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            accepted += Run(new Decisions(numbers), hostile, revoking);
            return true;
        }).Check(s_config);
        Assert.True(accepted > 3000, $"Only {accepted} frames were accepted in all runs: the property says little.");
    }

    private static int Run(Decisions decisions, bool hostile, bool revoking)
    {
        long now = 1;
        using var writer = FrameQueueWriter.Create(Queues.Options(leaseLimit: 5), () => now);
        using var first = new SteppedConsumer(writer, 2);
        using var second = new SteppedConsumer(writer, hostile ? 1 : 3);
        using HostilePage? enemy = hostile ? new HostilePage(writer, 2) : null;

        // A failure leaves the producer alone and ends the run between two of its calls.
        Exception? failure = null;
        writer.Interleave = _ => failure ??= Record.Exception(() => Others(decisions.Next(4)));
        while (decisions.More)
        {
            Others(decisions.Next(6));
            if (!writer.TryBegin(out FrameSlot slot)) throw new InvalidOperationException("No slot was found.");
            ulong* pixel = (ulong*)slot.View.Plane(0);
            *pixel = Drawing;
            Others(decisions.Next(4));
            *pixel = writer.NewestSequence + 1;
            if (decisions.Next(8) == 0)
            {
                *pixel = Drawing;
                writer.Abandon(slot);
            }
            else
            {
                writer.Publish(slot, default);
            }

            if (failure != null) throw failure;
            if (revoking) now += decisions.Next(300) * 1_000_000L;
        }

        return first.Accepted + second.Accepted;

        void Others(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                switch (decisions.Next(hostile ? 3 : 2))
                {
                    case 0:
                        first.Step(decisions, revoking);
                        break;
                    case 1:
                        second.Step(decisions, revoking);
                        break;
                    default:
                        enemy!.Step(decisions);
                        break;
                }
            }
        }
    }
}
