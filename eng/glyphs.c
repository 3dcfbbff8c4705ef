/* glyphs FONT OUT   draws the letters of the helper's placeholder: src/camfx-helper/Placeholder/glyphs.bin was made by
 *
 *     gcc -O2 -o /tmp/glyphs eng/glyphs.c $(pkg-config --cflags --libs cairo) -lm
 *     /tmp/glyphs "DejaVu Sans" src/camfx-helper/Placeholder/glyphs.bin
 *
 * Each letter is a field of distances to its outline (128 on it, more inside), from which sharp letters of any size can be drawn without a font
 * or a library. DejaVu's licence allows its letters to be embedded.
 *
 * The file, little endian: "CFXG", u16 letters, u8 em, u8 rows, u8 baseline row, u8 spread (distance of 127), u16 0; for each letter, in
 * order of its code point: u16 code point, u8 columns, s8 left, u16 advance (sixteenths), u16 0, u32 offset of its rows from the file's start.
 */
#include <cairo.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EM = 20, SPREAD = 3, UP = 8, ROWS = 28, BASELINE = 20, MOST = 1024 };

static const uint16_t ranges[][2] = {
    {0x20, 0x7e}, {0xa1, 0xac}, {0xae, 0x17f}, {0x386, 0x386}, {0x388, 0x38a}, {0x38c, 0x38c}, {0x38e, 0x3a1}, {0x3a3, 0x3ce}, {0x400, 0x45f},
    {0x490, 0x491}, {0x2013, 0x2014}, {0x2018, 0x201a}, {0x201c, 0x201e}, {0x2022, 0x2022}, {0x2026, 0x2026}, {0x20ac, 0x20ac}, {0xfffd, 0xfffd},
};

struct letter { uint16_t code; uint8_t columns; int8_t left; uint16_t advance; uint8_t *rows; };

static void put16(FILE *out, unsigned value) { fputc(value & 255, out); fputc(value >> 8 & 255, out); }

static int utf8(unsigned code, char *text)
{
    if (code < 0x80) { text[0] = code; text[1] = 0; }
    else if (code < 0x800) { text[0] = 0xc0 | code >> 6; text[1] = 0x80 | (code & 63); text[2] = 0; }
    else { text[0] = 0xe0 | code >> 12; text[1] = 0x80 | (code >> 6 & 63); text[2] = 0x80 | (code & 63); text[3] = 0; }
    return 0;
}

static struct letter draw(cairo_t *measure, const char *font, unsigned code)
{
    char text[4];
    utf8(code, text);
    cairo_text_extents_t box;
    cairo_text_extents(measure, text, &box);
    int left = (int)floor(box.x_bearing / UP) - SPREAD, right = (int)ceil((box.x_bearing + box.width) / UP) + SPREAD;
    if (box.width == 0) right = left;
    struct letter letter = {code, right - left, left, (uint16_t)lround(box.x_advance / UP * 16), NULL};
    int width = letter.columns * UP, height = ROWS * UP;
    if (width == 0) return letter;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *drawing = cairo_create(surface);
    cairo_select_font_face(drawing, font, CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(drawing, EM * UP);
    cairo_move_to(drawing, -left * UP, BASELINE * UP);
    cairo_show_text(drawing, text);
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface), reach = SPREAD * UP;
    letter.rows = malloc((size_t)letter.columns * ROWS);
    for (int y = 0; y < ROWS; y++)
        for (int x = 0; x < letter.columns; x++) {
            int cx = x * UP + UP / 2, cy = y * UP + UP / 2, inside = pixels[cy * stride + cx] > 127;
            double nearest = reach;
            for (int dy = -reach; dy <= reach; dy++)
                for (int dx = -reach; dx <= reach; dx++) {
                    int px = cx + dx, py = cy + dy;
                    int there = px >= 0 && px < width && py >= 0 && py < height && pixels[py * stride + px] > 127;
                    double distance = sqrt(dx * dx + dy * dy);
                    if (there != inside && distance < nearest) nearest = distance;
                }
            double value = 128 + (inside ? nearest : -nearest) / reach * 127;
            letter.rows[y * letter.columns + x] = (uint8_t)lround(fmin(255, fmax(0, value)));
        }
    cairo_destroy(drawing);
    cairo_surface_destroy(surface);
    return letter;
}

int main(int count, char **arguments)
{
    if (count != 3) { fprintf(stderr, "usage: glyphs FONT OUT\n"); return 2; }
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *measure = cairo_create(surface);
    cairo_select_font_face(measure, arguments[1], CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(measure, EM * UP);
    static struct letter letters[MOST];
    unsigned total = 0;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        for (unsigned code = ranges[i][0]; code <= ranges[i][1]; code++) letters[total++] = draw(measure, arguments[1], code);
    FILE *out = fopen(arguments[2], "wb");
    if (!out) { perror(arguments[2]); return 1; }
    fwrite("CFXG", 1, 4, out);
    put16(out, total);
    fputc(EM, out); fputc(ROWS, out); fputc(BASELINE, out); fputc(SPREAD, out);
    put16(out, 0);
    unsigned offset = 12 + total * 12;
    for (unsigned i = 0; i < total; i++) {
        put16(out, letters[i].code);
        fputc(letters[i].columns, out); fputc((uint8_t)letters[i].left, out);
        put16(out, letters[i].advance); put16(out, 0);
        put16(out, offset & 0xffff); put16(out, offset >> 16);
        offset += letters[i].columns * ROWS;
    }
    for (unsigned i = 0; i < total; i++) fwrite(letters[i].rows, 1, (size_t)letters[i].columns * ROWS, out);
    return fclose(out) != 0;
}
