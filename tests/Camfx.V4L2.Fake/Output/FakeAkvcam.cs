namespace Camfx.V4L2.Fake;

/// <summary>akvcam: an output node, and the files in sysfs that tell of it. The folder is the test's.</summary>
public sealed class FakeAkvcam : FakeOutput
{
    private readonly string _sysfs;
    private readonly int _number;
    private readonly int _capture;

    public FakeAkvcam(string sysfs, int number = 7, int capture = 8)
        : base(number)
    {
        (_sysfs, _number, _capture) = (sysfs, number, capture);
        Driver = "akvcam";
        Card = "camfx (input)";
        Directory.CreateDirectory(System.IO.Path.Combine(sysfs, "module/akvcam"));
        Put(number, "name", "camfx (input)\n");
        Put(number, "controls/connected_devices", $"/dev/video{capture}\n");
        Put(number, "controls/modes", "mmap\nusrptr\n");
        Put(capture, "name", "camfx\n");
        Put(capture, "controls/connected_devices", $"/dev/video{number}\n");
        Put(capture, "controls/broadcasters", "");
        SetListening(false);
    }

    /// <summary>Whether some program streams from the capture node.</summary>
    public void SetListening(bool listening) => Put(_number, "controls/listeners", listening ? $"/dev/video{_capture}\n" : "");

    private void Put(int number, string attribute, string text)
    {
        string path = System.IO.Path.Combine(_sysfs, $"class/video4linux/video{number}", attribute);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
