// Echo of MSGI frames on ASIO: per connection a read into one buffer, and one write of all complete frames in it.
//
// Options: --port P (0: any) --threads N (one io_context each). Prints "ready PORT".

#include <asio.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using asio::ip::tcp;

namespace {

constexpr std::size_t header_bytes = 10;
constexpr std::size_t max_frame_bytes = (1u << 20) + header_bytes;
constexpr std::size_t buffer_bytes = 64 * 1024;

std::size_t frame_length(const char* at) {
    unsigned char b[4];
    std::memcpy(b, at + 4, 4);
    return std::size_t{b[0]} << 24 | std::size_t{b[1]} << 16 | std::size_t{b[2]} << 8 | std::size_t{b[3]};
}

class connection : public std::enable_shared_from_this<connection> {
public:
    explicit connection(tcp::socket socket) : socket_(std::move(socket)), buffer_(buffer_bytes) {}

    void read() {
        if (filled_ == buffer_.size()) buffer_.resize(buffer_.size() * 2);
        socket_.async_read_some(
            asio::buffer(buffer_.data() + filled_, buffer_.size() - filled_),
            [self = shared_from_this()](std::error_code error, std::size_t count) {
                if (error) return;
                self->filled_ += count;
                self->echo();
            });
    }

private:
    void echo() {
        std::size_t whole = 0;
        while (filled_ - whole >= header_bytes) {
            std::size_t length = frame_length(buffer_.data() + whole);
            if (length < header_bytes || length > max_frame_bytes) return;
            if (filled_ - whole < length) break;
            whole += length;
        }
        if (whole == 0) {
            read();
            return;
        }
        asio::async_write(
            socket_, asio::buffer(buffer_.data(), whole),
            [self = shared_from_this(), whole](std::error_code error, std::size_t) {
                if (error) return;
                self->filled_ -= whole;
                std::memmove(self->buffer_.data(), self->buffer_.data() + whole, self->filled_);
                self->read();
            });
    }

    tcp::socket socket_;
    std::vector<char> buffer_;
    std::size_t filled_ = 0;
};

class server {
public:
    server(unsigned short port, std::size_t threads) : contexts_(make_contexts(threads)), acceptor_(contexts_[0]) {
        tcp::endpoint address(asio::ip::address_v4::loopback(), port);
        acceptor_.open(address.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(address);
        acceptor_.listen(4096);
    }

    void run() {
        accept();
        std::cout << "ready " << acceptor_.local_endpoint().port() << std::endl;
        std::vector<std::thread> threads;
        for (auto& context : contexts_) {
            threads.emplace_back([&context] {
                auto work = asio::make_work_guard(context);
                context.run();
            });
        }
        for (auto& thread : threads) thread.join();
    }

private:
    void accept() {
        auto& context = contexts_[next_++ % contexts_.size()];
        acceptor_.async_accept(context, [this](std::error_code error, tcp::socket socket) {
            if (!error) {
                socket.set_option(tcp::no_delay(true));
                auto executor = socket.get_executor();
                auto accepted = std::make_shared<connection>(std::move(socket));
                asio::post(executor, [accepted] { accepted->read(); });
            }
            accept();
        });
    }

    // Each context has one thread, which the hint tells it, so that it locks less.
    static std::deque<asio::io_context> make_contexts(std::size_t count) {
        std::deque<asio::io_context> contexts;
        for (std::size_t i = 0; i < count; ++i) contexts.emplace_back(1);
        return contexts;
    }

    std::deque<asio::io_context> contexts_;
    tcp::acceptor acceptor_;
    std::size_t next_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    unsigned short port = 0;
    std::size_t threads = 1;
    for (int i = 1; i + 1 < count; i += 2) {
        std::string name = arguments[i];
        int value = std::atoi(arguments[i + 1]);
        if (name == "--port") port = static_cast<unsigned short>(value);
        else if (name == "--threads") threads = static_cast<std::size_t>(value < 1 ? 1 : value);
        else {
            std::cerr << "unknown option " << name << std::endl;
            return 2;
        }
    }
    server(port, threads).run();
}
