using Camfx.Pipeline;

namespace Camfx.Tests.Pipeline;

public sealed class MailboxTests
{
    [Fact]
    public void TheNewestWinsAndTheReplacedAreCounted()
    {
        using var mailbox = new Mailbox<Box>(() => new Box());
        Assert.False(mailbox.TryTake());
        for (int i = 1; i <= 3; i++)
        {
            mailbox.Back.Value = i;
            mailbox.Put();
        }

        Assert.True(mailbox.TryTake());
        Assert.Equal(3, mailbox.Front.Value);
        Assert.Equal(2, mailbox.Replaced);
        Assert.False(mailbox.TryTake());
        Assert.Equal(3, mailbox.Front.Value);
    }

    [Fact]
    public void TheBoxLookedAtIsNeverTheOneBeingFilled()
    {
        const int Count = 200_000;
        using var mailbox = new Mailbox<Box>(() => new Box());
        var filler = new Thread(() =>
        {
            for (int i = 1; i <= Count; i++)
            {
                mailbox.Back.Value = -1;
                mailbox.Back.Value = i;
                mailbox.Put();
            }
        });
        filler.Start();
        int last = 0;
        while (last < Count)
        {
            if (!mailbox.TryTake()) continue;
            int seen = mailbox.Front.Value;
            Assert.True(seen > last, $"took {seen} after {last}");
            last = seen;
        }

        filler.Join();
    }

    private sealed class Box : IDisposable
    {
        public int Value { get; set; }

        public void Dispose()
        {
        }
    }
}
