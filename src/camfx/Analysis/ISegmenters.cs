namespace Camfx.Analysis;

/// <summary>Where a camera has its segmenters from.</summary>
internal interface ISegmenters
{
    /// <summary>Makes one. It may take its time: it is asked on the thread of the analysis.</summary>
    /// <param name="source">URI of the source whose pictures it will see.</param>
    /// <param name="width">Of the small pictures, in pixels.</param>
    /// <param name="height">Of the small pictures, in pixels.</param>
    /// <exception cref="CamfxException">There is none; the message says what to do.</exception>
    ISegmenter Make(string source, int width, int height);
}
