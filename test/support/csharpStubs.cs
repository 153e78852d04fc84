// What our C# programs use of packages that no Debian package has: signatures only, so that a compiler can check them.
// Microsoft.ML.OnnxRuntime 1.x, Tokenizers.DotNet 1.x, and OpenUtau's G2pPack (OpenUtau.Core/Api/G2pPack.cs).
using System;
using System.Collections.Generic;

namespace Microsoft.ML.OnnxRuntime.Tensors {
    public abstract class Tensor<T> {
        public ReadOnlySpan<int> Dimensions { get { throw null; } }
        public ReadOnlySpan<int> Strides { get { throw null; } }
        public T this[params int[] indices] { get { throw null; } set { throw null; } }
    }
    public class DenseTensor<T> : Tensor<T> {
        public DenseTensor(ReadOnlySpan<int> dimensions, bool reverseStride = false) { }
        public DenseTensor(Memory<T> memory, ReadOnlySpan<int> dimensions, bool reverseStride = false) { }
        public Memory<T> Buffer { get { throw null; } }
    }
}
namespace Microsoft.ML.OnnxRuntime {
    public class NamedOnnxValue {
        public static NamedOnnxValue CreateFromTensor<T>(string name, Tensors.Tensor<T> value) { throw null; }
        public Tensors.Tensor<T> AsTensor<T>() { throw null; }
    }
    public class DisposableNamedOnnxValue : NamedOnnxValue, IDisposable {
        public void Dispose() { }
    }
    public interface IDisposableReadOnlyCollection<T> : IReadOnlyCollection<T>, IDisposable { }
    public class InferenceSession : IDisposable {
        public InferenceSession(string modelPath) { }
        public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(
            IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<string> outputNames) { throw null; }
        public void Dispose() { }
    }
}
namespace Tokenizers.DotNet {
    public class Tokenizer {
        public Tokenizer(string vocabPath) { }
        public uint[] Encode(string text) { throw null; }
        public string Decode(uint[] tokens) { throw null; }
    }
}
namespace OpenUtau.Api {
    public abstract class G2pPack {
        protected Dictionary<string, int> GraphemeIndexes { get; set; }
        protected string[] Phonemes { get; set; }
        protected IG2p Dict { get; set; }
        protected Microsoft.ML.OnnxRuntime.InferenceSession Session { get; set; }
        protected Dictionary<string, string[]> PredCache { get; set; }
        protected Tuple<IG2p, Microsoft.ML.OnnxRuntime.InferenceSession> LoadPack(
            byte[] data, Func<string, string> prepGrapheme = null, Func<string, string> prepPhoneme = null) { throw null; }
    }
    public interface IG2p { }
}
