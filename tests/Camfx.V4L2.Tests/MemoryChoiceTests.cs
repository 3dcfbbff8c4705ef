namespace Camfx.V4L2.Tests;

public class MemoryChoiceTests
{
    [Theory]
    [InlineData("auto")]
    [InlineData("force:dmabuf")]
    [InlineData("force:userptr")]
    [InlineData("force:mmap")]
    [InlineData("force:readwrite")]
    public void What_is_written_is_read(string text)
    {
        Assert.True(MemoryChoice.TryParse(text, out MemoryChoice choice));
        Assert.Equal(text, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("dmabuf")]
    [InlineData("force:")]
    [InlineData("force:gpu")]
    public void Nonsense_is_no_choice(string text) => Assert.False(MemoryChoice.TryParse(text, out _));

    [Fact]
    public void Auto_allows_all_and_force_one()
    {
        Assert.All(Enum.GetValues<MemoryType>(), type => Assert.True(MemoryChoice.Auto.Allows(type)));
        Assert.Equal([MemoryType.Mmap], Enum.GetValues<MemoryType>().Where(MemoryChoice.Force(MemoryType.Mmap).Allows));
    }
}
