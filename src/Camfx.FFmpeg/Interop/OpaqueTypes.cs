namespace Camfx.FFmpeg.Interop;

/// <summary>Only ever pointed to: <c>struct AVDictionary</c>.</summary>
internal struct AVDictionary;

/// <summary>Only ever pointed to: <c>struct AVBufferPool</c>.</summary>
internal struct AVBufferPool;

/// <summary>Only ever pointed to: <c>struct SwsContext</c>.</summary>
internal struct SwsContext;

/// <summary>Only ever pointed to: <c>struct AVFilter</c>.</summary>
internal struct AVFilter;

/// <summary>Only ever pointed to: <c>struct AVFilterContext</c>.</summary>
internal struct AVFilterContext;
