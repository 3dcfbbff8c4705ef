namespace Camfx.Cairo;

/// <summary>A video camera crossed out, in a disc.</summary>
internal static class CameraOffGlyph
{
    /// <summary>Draws it in a disc of <paramref name="size"/> pixels across around (x, y).</summary>
    internal static void Draw(Canvas canvas, double x, double y, double size, Color disc, Color camera, Color slash)
    {
        canvas.SetColor(disc);
        canvas.Circle(x, y, size / 2);
        canvas.Fill();

        // Proportions of the disc's diameter: the body left, the lens hood right of it, both within the middle half.
        double line = Math.Max(1.25, size * 0.036);
        double left = x - size * 0.25, top = y - size * 0.14, width = size * 0.32, height = size * 0.28;
        double hood = x + size * 0.145, end = x + size * 0.25;
        canvas.SetColor(camera);
        canvas.RoundedRectangle(left, top, width, height, size * 0.06);
        canvas.Stroke(line);
        canvas.MoveTo(hood, y - size * 0.035);
        canvas.LineTo(end, y - size * 0.1);
        canvas.LineTo(end, y + size * 0.1);
        canvas.LineTo(hood, y + size * 0.035);
        canvas.ClosePath();
        canvas.Stroke(line);

        // A wider stroke in the disc's colour first: the slash then stands free of the camera.
        double reach = size * 0.235;
        Slash(canvas, x, y, reach, disc, line * 3.2);
        Slash(canvas, x, y, reach, slash, line);
    }

    private static void Slash(Canvas canvas, double x, double y, double reach, Color color, double width)
    {
        canvas.SetColor(color);
        canvas.MoveTo(x - reach, y - reach);
        canvas.LineTo(x + reach, y + reach);
        canvas.Stroke(width);
    }
}
